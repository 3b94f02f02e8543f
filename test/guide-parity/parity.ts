import { Match, Template } from 'aws-cdk-lib/assertions';

/** One resource argument, or one input, of a guide that a blueprint replaces. */
export interface ParityRow {
  /** Resource as the guide names it, such as `aws_lb.main`, or `variable`. */
  readonly resource: string;
  /** Argument of the resource, or name of the input. */
  readonly argument: string;
  /** What the guide sets. */
  readonly guide: string;
  /** What the blueprint answers: type, property and value, or the prop that takes the input. */
  readonly ours: string;
  /** Why the answer differs, where it does on purpose. */
  readonly why?: string;
  /** Proves `ours`: fails when the template does not say so. */
  readonly check: (template: Template) => void;
}

export interface ParityGuide {
  /** The blueprint. */
  readonly title: string;
  /** The guide, by its public name. */
  readonly article: string;
  /** Template of the guide's system, built with the blueprint. */
  readonly template: () => Template;
  readonly rows: ParityRow[];
}

export function rowName(row: ParityRow): string {
  return `${row.resource} ${row.argument}`;
}

/** The page that shows the table. */
export function parityPage(guides: ParityGuide[]): string {
  return [
    '<!-- Generated from test/guide-parity/: do not edit. Refresh with `npx projen guide-parity`. -->',
    '# Guide parity',
    '',
    'Every resource, argument and input of the two guides that the blueprints replace, and what the template answers. Each row is a test:',
    'its name in `test/guide-parity.test.ts` is the blueprint, the resource and the argument.',
    ...guides.flatMap(section),
    '',
  ].join('\n');
}

function section(guide: ParityGuide): string[] {
  return [
    '',
    `## ${guide.title}`,
    '',
    `Guide: ${guide.article}. Rows: ${guide.rows.length}, of which ${guide.rows.filter((row) => row.why).length} differ on purpose.`,
    '',
    '| resource | argument | the guide | the template | test | why it differs |',
    '|---|---|---|---|---|---|',
    ...guide.rows.map((row) => `| ${[
      code(row.resource), code(row.argument), row.guide, row.ours, `${guide.title} › ${rowName(row)}`, row.why ?? 'the same',
    ].map(cell).join(' | ')} |`),
  ];
}

function code(text: string): string {
  return `\`${text}\``;
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
}

/** A reference to a resource whose logical id starts so; the hash at its end is left open. */
export function refTo(start: string): object {
  return { Ref: startingWith(start) };
}

/** An attribute of a resource whose logical id starts so. */
export function attributeOf(start: string, attribute: string): object {
  return { 'Fn::GetAtt': [startingWith(start), attribute] };
}

function startingWith(start: string) {
  return Match.stringLikeRegexp(`^${start}[0-9A-F]{8}$`);
}
