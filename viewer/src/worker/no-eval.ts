import { config } from 'zod/mini';

// The policy of the page allows no code that is made at run time, and the attempt alone would be reported.
config({ jitless: true });
