#!/usr/bin/env node
import module from 'node:module';

// To compile the command takes longer than the work on most bundles. Node.js 22.8 and later keep what they compiled.
if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function') {
  module.enableCompileCache();
}
await import('./program.js');
