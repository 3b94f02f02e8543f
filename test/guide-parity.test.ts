import { existsSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Template } from 'aws-cdk-lib/assertions';
import { DEKART_GUIDE } from './guide-parity/dekart-rows';
import { HTTP_API_GUIDE } from './guide-parity/http-api-rows';
import { ParityGuide, parityPage, rowName } from './guide-parity/parity';

const GUIDES: ParityGuide[] = [DEKART_GUIDE, HTTP_API_GUIDE];
const PAGE = join(__dirname, '..', 'docs', 'guide-parity.md');

describe.each(GUIDES.map((guide) => [guide.title, guide] as const))('%s', (_title, guide) => {
  let template: Template;

  beforeAll(() => {
    template = guide.template();
  });

  test.each(guide.rows.map((row) => [rowName(row), row] as const))('%s', (_name, row) => {
    expect(() => row.check(template)).not.toThrow();
  });

  test('no row is empty or stands twice', () => {
    const names = guide.rows.map(rowName);
    expect(names).toEqual([...new Set(names)]);
    guide.rows.forEach((row) => {
      [row.resource, row.argument, row.guide, row.ours, row.why ?? 'the same'].forEach((text) => expect(text.trim()).not.toBe(''));
    });
  });
});

test('the page shows this table', () => {
  const page = parityPage(GUIDES);
  if (process.env.WRITE_GUIDE_PARITY) writeFileSync(PAGE, page);
  expect(existsSync(PAGE) && readFileSync(PAGE, 'utf8')).toBe(page);
});
