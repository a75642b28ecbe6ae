import type { TableName } from 'rollout-trace';
import { useState } from 'react';
import { kindWords } from '../format.js';
import { Status } from '../parts/status.js';
import { useAnswer } from '../use-answer.js';
import { useMoment } from '../use-moment.js';
import { useNavigation } from '../use-route.js';
import { Blocks } from './blocks.js';
import { FirstLook } from './first-look.js';
import { EvidenceFace } from './evidence-face.js';
import { Lineage, StoryFace } from './story-face.js';
import { useSettled } from './use-settled.js';

const faces = ['saw', 'did', 'evidence', 'story'] as const;
type Face = (typeof faces)[number];
const titles: { readonly [F in Face]: string } = {
  saw: 'The model saw',
  did: 'The runtime did',
  evidence: 'Raw evidence',
  story: 'Links',
};

/** The selected object, from its three sides. */
export const DetailPane = () => {
  const { at } = useMoment();
  const { route, select } = useNavigation();
  const { selected } = route;
  const detail = useAnswer('detail', selected && { at, ref: selected });
  const settled = useSettled(at);
  const story = useAnswer('story', selected && { at: settled, ref: selected });
  const [wanted, setWanted] = useState<Face | null>(null);
  if (!selected) {
    return (
      <section className="detail" aria-label="detail">
        <FirstLook />
      </section>
    );
  }
  if (!detail) {
    return (
      <section className="detail" aria-label="detail">
        <p className="empty">{detail === null ? `${selected.id} is not there at event ${at}.` : ''}</p>
      </section>
    );
  }
  const isEmpty = {
    saw: detail.saw.length === 0,
    did: detail.did.length === 0,
    evidence: false,
    story: false,
  };
  const first = wanted ?? firstFace(selected.table);
  const face = isEmpty[first] ? (faces.find((each) => !isEmpty[each]) ?? 'evidence') : first;
  return (
    <section className="detail" aria-label="detail">
      <header className="detail-head">
        <div className="detail-title">
          <span className="table-badge" data-table={selected.table}>
            {kindWords(selected.table)}
          </span>
          <h2>{detail.title}</h2>
          {detail.status !== null && <Status status={detail.status} />}
          <button onClick={() => select(null)} aria-label="close" className="close">
            ×
          </button>
        </div>
        <p className="detail-subtitle">{detail.subtitle}</p>
        <Lineage story={story} />
        <dl className="facts">
          {detail.facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <div role="tablist" className="faces">
          {faces.map((each) => (
            <button
              key={each}
              role="tab"
              aria-selected={face === each}
              disabled={isEmpty[each]}
              onClick={() => setWanted(each)}
            >
              {titles[each]}
            </button>
          ))}
        </div>
      </header>
      <div className="detail-body" role="tabpanel" key={`${selected.id} ${face}`}>
        {face === 'saw' && <Blocks blocks={detail.saw} />}
        {face === 'did' && <Blocks blocks={detail.did} />}
        {face === 'story' && <StoryFace story={story} />}
        {face === 'evidence' && <EvidenceFace evidence={detail.evidence} />}
      </div>
    </section>
  );
};

/** The side that says most, until somebody chooses one. */
const firstFace = (table: TableName): Face => {
  if (table === 'conversation_items') return 'saw';
  return table === 'raw_payloads' ? 'evidence' : 'did';
};
