import './monaco-workers.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { readDemoCredentials } from './callers.ts';
import { Explorer } from './explorer.tsx';

const place = document.getElementById('explorer');
if (place === null) throw new Error('The page has no place for the explorer.');
const demo = await readDemoCredentials();
createRoot(place).render(
  <StrictMode>
    <Explorer demo={demo} />
  </StrictMode>,
);
