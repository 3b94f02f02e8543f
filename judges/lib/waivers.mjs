import { readFileSync } from 'node:fs';
import { JUDGES } from './judges.mjs';

const MIN_REASON = 40;
const KEYS = ['reason', 'resource', 'rules', 'template'];

/** A pattern in which `*` stands for anything, and `\*` for a star. */
function matches(pattern, text) {
  const source = pattern.replace(/\\\*|[*\\^$.+?()[\]{}|]/g, (token) => (token === '*' ? '.*' : `\\${token.at(-1)}`));
  return new RegExp(`^${source}$`).test(text);
}

const isText = (value) => typeof value === 'string' && value.trim() !== '';

/** What is wrong with a waiver, all of it. */
function mistakes(waiver) {
  const found = [];
  const unknown = Object.keys(waiver).filter((key) => !KEYS.includes(key));
  if (unknown.length > 0) found.push(`unknown keys ${unknown.join(', ')}`);
  for (const key of ['template', 'resource']) {
    if (!isText(waiver[key])) found.push(`\`${key}\` must be a pattern`);
  }
  if (isText(waiver.resource) && /^[*/]*$/.test(waiver.resource)) found.push('`resource` must name a resource');
  if (!isText(waiver.reason) || waiver.reason.trim().length < MIN_REASON) {
    found.push(`\`reason\` must argue about the resource in at least ${MIN_REASON} characters, got ${waiver.reason?.length ?? 0}`);
  }
  const rules = Object.entries(waiver.rules ?? {});
  if (rules.length === 0) found.push('`rules` must name at least one judge');
  for (const [judge, ids] of rules) {
    if (!JUDGES.includes(judge)) found.push(`unknown judge "${judge}", known are ${JUDGES.join(', ')}`);
    if (!Array.isArray(ids) || ids.length === 0 || !ids.every(isText)) found.push(`\`rules.${judge}\` must list rules`);
    else if (ids.some((id) => /^\*+$/.test(id))) found.push(`\`rules.${judge}\` must name rules, not all of them`);
  }
  return found;
}

/** Reads and checks the waivers: one entry for each judge and rule of each waiver. Reports all mistakes together. */
export function readWaivers(file) {
  const waivers = JSON.parse(readFileSync(file, 'utf8'));
  const found = waivers.flatMap((waiver, index) => mistakes(waiver).map((mistake) => `waiver ${index + 1} (${waiver.resource}): ${mistake}`));
  if (found.length > 0) throw new Error(`${file}:\n  ${found.join('\n  ')}`);
  return waivers.flatMap(({ rules, ...rest }) => Object.entries(rules).flatMap(([judge, ids]) => ids.map((rule) => ({ judge, rule, ...rest }))));
}

const covers = (waiver, finding) => waiver.judge === finding.judge
  && matches(waiver.rule, finding.rule)
  && matches(waiver.resource, finding.path)
  && matches(waiver.template, finding.template);

/** Splits the findings by whether a waiver covers them, and names the waivers that cover none. */
export function applyWaivers(findings, waivers) {
  const used = new Set();
  const waived = findings.filter((finding) => {
    const covering = finding.broken ? [] : waivers.filter((waiver) => covers(waiver, finding));
    covering.forEach((waiver) => used.add(waiver));
    return covering.length > 0;
  });
  return {
    waived,
    left: findings.filter((finding) => !waived.includes(finding)),
    stale: waivers.filter((waiver) => !used.has(waiver)),
  };
}
