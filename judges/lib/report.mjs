import { JUDGES } from './judges.mjs';

const MAX_MESSAGE = 300;

const sum = (findings, judge, template) => findings.filter((finding) => finding.judge === judge && (!template || finding.template === template)).length;

/** "found - waived = left", or the number alone where they are all the same thing. */
function cell(left, waived, judge, template) {
  const remaining = sum(left, judge, template);
  const silenced = sum(waived, judge, template);
  return silenced === 0 ? String(remaining) : `${remaining + silenced} - ${silenced} = ${remaining}`;
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row) => row.map((text, column) => (column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column]))).join('  ').trimEnd();
  return rows.map(line);
}

/** Some judges list every value they would have taken. */
const shortened = (message) => (message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)} ...` : message);

/** The report as lines. The last one counts pairs of template and judge, and stale waivers among the failed. */
export function report(templates, { waived, left, stale }) {
  const names = templates.map((template) => template.name);
  const lines = table([
    ['findings - waived = left', ...JUDGES],
    ...names.map((name) => [name, ...JUDGES.map((judge) => cell(left, waived, judge, name))]),
    ['all', ...JUDGES.map((judge) => cell(left, waived, judge))],
  ]);
  const order = ({ judge, template, path, rule = '' }) => [template, JUDGES.indexOf(judge), path, rule].join('\t');
  for (const finding of [...left].sort((a, b) => order(a).localeCompare(order(b)))) {
    const rule = finding.broken ? 'JUDGE BROKEN' : finding.rule;
    lines.push('', `${finding.template}: ${finding.judge} ${rule}`, `  at ${finding.path}`, `  ${shortened(finding.message)}`);
  }
  for (const waiver of stale) {
    lines.push('', `stale waiver: ${waiver.judge} ${waiver.rule}`, `  for ${waiver.resource} in ${waiver.template} matches no finding: remove it`);
  }
  const units = names.length * JUDGES.length;
  const failed = names.flatMap((name) => JUDGES.filter((judge) => sum(left, judge, name) > 0)).length;
  lines.push('', `${units - failed} passed, ${failed + stale.length} failed`);
  return { lines, ok: failed + stale.length === 0 };
}
