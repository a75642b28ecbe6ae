import { useMoment } from '../use-moment.js';
import { useNavigation } from '../use-route.js';

/** Chooses the agent that a view is about. */
export const ShownAgent = ({ thread }: { readonly thread: string }) => {
  const { overview } = useMoment();
  const { go } = useNavigation();
  return (
    <select aria-label="agent" value={thread} onChange={({ target }) => go({ thread: target.value })}>
      {overview.threads.map(({ id, path }) => (
        <option key={id} value={id}>
          {path}
        </option>
      ))}
    </select>
  );
};
