import { describe, expect, it } from 'vitest';
import { modelItemsOf } from '../../../test/helpers/items.js';

describe('an agent message', () => {
  it('is not understood where a repeated key hides what is no JSON', () => {
    const fields = '"type":"agent_message","author":"a","recipient":"b","content":[["input_text","t"]]';
    const deep = '['.repeat(200) + ']'.repeat(200);
    const [item] = modelItemsOf(`{"input":[{${fields},"x":${deep},"x":${2n ** 64n}}]}`);
    expect(item?.flaw).toMatchObject({ code: 'item_unsupported' });
  });
});
