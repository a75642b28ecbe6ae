import { words } from '../format.js';

/** How something stands, in a word and a colour. */
export const Status = ({ status }: { readonly status: string }) => (
  <span className="status" data-status={status}>
    {words(status)}
  </span>
);
