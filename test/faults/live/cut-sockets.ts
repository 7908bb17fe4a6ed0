import { WebSocket } from 'ws';

/** A kind of WebSocket whose sockets can be cut off and stalled from outside. */
export function createCutSockets() {
  const open = new Set<WebSocket>();
  class CutSocket extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols);
      open.add(this);
      this.once('close', () => open.delete(this));
    }
  }
  return {
    CutSocket,
    cut(): void {
      for (const socket of open) socket.terminate();
    },
    stall(): void {
      for (const socket of open) if (socket.readyState === socket.OPEN) socket.pause();
    },
    wake(): void {
      for (const socket of open) if (socket.isPaused) socket.resume();
    },
  };
}
