export async function importFile(_k: string, _f: string, _o: object, _s: AbortSignal): Promise<void> {}
