import { compactCount, duration, counted } from './format.js';
import { Status } from './parts/status.js';
import { viewNames, type ViewName } from './route.js';
import { useProgress } from './use-answer.js';
import { useMoment } from './use-moment.js';
import { useNavigation } from './use-route.js';
import type { Theme } from './use-theme.js';

const titles: { readonly [Name in ViewName]: string } = {
  timeline: 'Timeline',
  conversation: 'Conversation',
  agents: 'Agents',
  usage: 'Tokens',
  problems: 'Problems',
  events: 'Events',
};

interface TopBarProps {
  readonly theme: Theme;
  onSearch(): void;
  onHelp(): void;
}

/** The session at a glance, and the ways to look at it. */
export const TopBar = ({ theme, onSearch, onHelp }: TopBarProps) => {
  const { overview } = useMoment();
  const { route, go } = useNavigation();
  const progress = useProgress();
  const { tokens, problems, unresolved, failures, threads } = overview;
  const wrong = problems.length + unresolved.length;
  return (
    <header className="top">
      <div className="glance">
        <h1 className="brand">rollout-trace</h1>
        <Status status={overview.status} />
        {overview.status === 'running' && route.at === null && <span className="live">live</span>}
        {overview.isComplete === false && overview.status !== 'running' && (
          <span className="chip" data-tone="warn">
            recording stops early
          </span>
        )}
        <Figure label="model" title={overview.models.join(', ')}>
          {overview.models.join(', ') || '–'}
        </Figure>
        <Figure label="took">{duration((overview.ended ?? overview.latest) - overview.started)}</Figure>
        <Figure label="agents">{threads.length}</Figure>
        <Figure label="in" title={`${tokens.input} tokens went in, ${tokens.cached} of them cached`}>
          {compactCount(tokens.input)} <small>{compactCount(tokens.cached)} cached</small>
        </Figure>
        <Figure label="out" title={`${tokens.output} tokens came out, ${tokens.reasoning} of them reasoning`}>
          {compactCount(tokens.output)} <small>{compactCount(tokens.reasoning)} reasoning</small>
        </Figure>
        <button
          className="chip"
          data-tone={failures.length > 0 ? 'bad' : 'ok'}
          onClick={() => go({ view: 'problems' })}
        >
          {failures.length} failed
        </button>
        <button
          className="chip"
          data-tone={wrong > 0 ? 'warn' : 'ok'}
          onClick={() => go({ view: 'problems' })}
        >
          {counted(problems.length, 'problem')}
          {unresolved.length > 0 && `, ${unresolved.length} unresolved`}
        </button>
        {progress.failure !== null && (
          <span className="chip" data-tone="bad">
            {progress.failure}
          </span>
        )}
        {!progress.isCaughtUp && progress.failure === null && (
          <span className="chip">reading… {compactCount(progress.events)} events</span>
        )}
      </div>
      <nav className="tabs" aria-label="views">
        {viewNames.map((name, index) => (
          <button
            key={name}
            aria-current={route.view === name ? 'page' : undefined}
            ref={(element) => {
              if (route.view === name) element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
            }}
            onClick={() => go({ view: name })}
          >
            {titles[name]} <kbd>{index + 1}</kbd>
          </button>
        ))}
        <span className="spring" />
        <button className="search-button" onClick={onSearch}>
          Search everything <kbd>/</kbd>
        </button>
        <button onClick={theme.toggle} title="light or dark (t)">
          {theme.name === 'dark' ? 'Light' : 'Dark'}
        </button>
        <button onClick={onHelp} title="keys (?)" aria-label="keys">
          ?
        </button>
      </nav>
    </header>
  );
};

interface FigureProps {
  readonly label: string;
  readonly title?: string;
  readonly children: React.ReactNode;
}
const Figure = ({ label, title, children }: FigureProps) => (
  <span className="figure" title={title}>
    <span className="figure-label">{label}</span> {children}
  </span>
);
