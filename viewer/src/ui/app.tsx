import { useEffect, useMemo, useState } from 'react';
import type { Client } from './client.js';
import { DetailPane } from './detail/detail-pane.js';
import { EventPane } from './detail/event-pane.js';
import { HelpDialog } from './help-dialog.js';
import { Scrubber } from './scrubber.js';
import { SearchDialog } from './search-dialog.js';
import { Sidebar } from './sidebar.js';
import { TopBar } from './top-bar.js';
import { useKeys } from './use-keys.js';
import { ClientContext, useAnswer, useProgress } from './use-answer.js';
import { useMilestones } from './use-milestones.js';
import { MomentContext } from './use-moment.js';
import { NavigationContext, useHashNavigation } from './use-route.js';
import { useTheme } from './use-theme.js';
import { AgentsView } from './views/agents-view.js';
import { ConversationView } from './views/conversation-view.js';
import { EventsView } from './views/events-view.js';
import { ProblemsView } from './views/problems-view.js';
import { TimelineView } from './views/timeline-view.js';
import { UsageView } from './views/usage-view.js';
import type { ViewName } from './route.js';
import type { ReactNode } from 'react';

export const App = ({ client }: { readonly client: Client }) => (
  <ClientContext value={client}>
    <Session />
  </ClientContext>
);

const views: { readonly [Name in ViewName]: () => ReactNode } = {
  timeline: TimelineView,
  conversation: ConversationView,
  agents: AgentsView,
  usage: UsageView,
  problems: ProblemsView,
  events: EventsView,
};

const Session = () => {
  const navigation = useHashNavigation();
  const progress = useProgress();
  const { route } = navigation;
  const [dialog, setDialog] = useState<'search' | 'help' | null>(null);
  const theme = useTheme();
  const milestones = useMilestones(navigation);
  const at = Math.min(route.at ?? progress.events, progress.events);
  const overview = useAnswer('overview', progress.events > 0 || progress.isCaughtUp ? { at } : null);
  const moment = useMemo(() => ({ at, overview }), [at, overview]);
  useKeys(navigation, milestones, { at, events: progress.events }, setDialog, theme.toggle);
  useEffect(() => {
    if (overview)
      document.title = `\u2068${overview.models[0] ?? 'session'}\u2069 · ${overview.status} · rollout-trace`;
  }, [overview]);

  if (progress.failure !== null && !overview) return <p className="notice">{progress.failure}</p>;
  if (!overview) return <p className="notice">Reading the recording…</p>;
  const View = views[route.view];
  return (
    <NavigationContext value={navigation}>
      <MomentContext value={moment}>
        <div className="app" data-ready={progress.isCaughtUp}>
          <TopBar onSearch={() => setDialog('search')} onHelp={() => setDialog('help')} theme={theme} />
          <Sidebar />
          <main className="stage" aria-label={route.view}>
            <View />
          </main>
          {route.event === null ? <DetailPane /> : <EventPane number={route.event} />}
          <Scrubber {...milestones} />
        </div>
        {dialog === 'search' && <SearchDialog onClose={() => setDialog(null)} />}
        {dialog === 'help' && <HelpDialog onClose={() => setDialog(null)} />}
      </MomentContext>
    </NavigationContext>
  );
};
