import type { Milestones } from './use-milestones.js';
import { useMoment } from './use-moment.js';

const kinds = ['failure', 'problem', 'compaction'] as const;

/** Goes to the first event of something. */
export const MilestoneMenu = ({ jump }: Pick<Milestones, 'jump'>) => {
  const { overview } = useMoment();
  const chosen = (value: string): void => {
    const kind = kinds.find((each) => each === value);
    void jump(kind ?? { thread: value.slice(AGENT.length) }, 'first');
  };
  return (
    <select
      className="milestones"
      aria-label="go to the first event of"
      value=""
      onChange={({ target }) => chosen(target.value)}
    >
      <option value="" disabled>
        first …
      </option>
      {kinds.map((kind) => (
        <option key={kind} value={kind}>
          first {kind}
        </option>
      ))}
      {overview.threads.map(({ id, path }) => (
        <option key={id} value={`${AGENT}${id}`}>
          first of {path}
        </option>
      ))}
    </select>
  );
};

const AGENT = 'agent ';
