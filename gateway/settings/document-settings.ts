import { z } from 'zod';
import { type Setting, setting, text } from './setting.ts';

/** Which documents may be sent. */
export const documentSettings = {
  documentMode: setting(
    'GATEWAY_DOCUMENT_MODE',
    z.enum(['off', 'learn', 'prefer', 'only']).default('off'),
    'Known documents by id: none; `learn` also writes down what is sent; `prefer` runs unknown ones and counts them; `only` refuses them.',
  ),
  documentManifest: setting(
    'GATEWAY_DOCUMENT_MANIFEST',
    text,
    'File of the known documents: `{clients: {name: {documents: {id: document}}}}`, what Apollo’s tool writes, or documents by id. Read again when it changes.',
  ),
  learnedDocuments: setting(
    'GATEWAY_LEARNED_DOCUMENTS',
    text,
    'File that `learn` writes: at most 1,000 valid documents, as a draft of a manifest. Anybody may have sent them: read it before it is used.',
  ),
} as const satisfies Record<string, Setting>;
