/** Loaded before every process of the bench: a bench that was killed leaves no gateway behind. */
process.on('disconnect', () => process.exit());
process.channel?.unref();
