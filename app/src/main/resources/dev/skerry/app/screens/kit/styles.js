import { css } from 'lit';

/** What every component begins with: boxes, buttons, fields, lists, in the looks of all screens. */
export const base = css`
  *, ::before, ::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
  ul, ol { list-style: none; }
  h1 { font-size: 1.5rem; font-weight: 700; line-height: 1.2; letter-spacing: -.01em; }
  h2 { font-size: 1.125rem; font-weight: 650; line-height: 1.25; }
  h3 { font-size: .8125rem; font-weight: 600; color: var(--sk-soft); }
  :focus-visible { outline: 3px solid var(--sk-accent); outline-offset: 2px; }
  .soft { color: var(--sk-soft); }
  .small { font-size: .875rem; }
  .num { font-variant-numeric: tabular-nums; }
  .end { text-align: end; }
  .grow { flex: 1; min-inline-size: 0; }
  .cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .row { display: flex; align-items: center; gap: var(--sk-3); }
  .stack { display: flex; flex-direction: column; gap: var(--sk-4); }
  .card { background: var(--sk-surface); border: 1px solid var(--sk-line); border-radius: var(--sk-radius); }
  .visually-hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

/** Native buttons: plain, primary, good (takes money), danger, quiet; tile for large squares of a grid. */
export const buttons = css`
  button, a.button {
    display: inline-flex; align-items: center; justify-content: center; gap: var(--sk-2);
    min-block-size: var(--sk-touch); min-inline-size: var(--sk-touch); padding: var(--sk-2) var(--sk-4);
    border: 1px solid var(--sk-line); border-radius: var(--sk-radius); background: var(--sk-surface); color: var(--sk-ink);
    font: 600 1rem/1.2 var(--sk-font); text-align: center; text-decoration: none; cursor: pointer; touch-action: manipulation; user-select: none;
  }
  button:hover { background: var(--sk-raised); }
  button:active { transform: translateY(1px); }
  button[disabled] { opacity: .45; cursor: default; transform: none; }
  button.primary { background: var(--sk-accent); border-color: var(--sk-accent); color: var(--sk-on-accent); }
  button.good { background: var(--sk-good); border-color: var(--sk-good); color: var(--sk-on-good); }
  button.danger { color: var(--sk-bad); border-color: color-mix(in srgb, var(--sk-bad) 45%, var(--sk-surface)); }
  button.primary:hover, button.good:hover { filter: brightness(1.08); }
  button.quiet { border-color: transparent; background: transparent; }
  button.quiet:hover { background: var(--sk-raised); }
  button.wide { inline-size: 100%; }
  button.tall { min-block-size: 3.75rem; font-size: 1.125rem; }
  button.tile { flex-direction: column; min-block-size: 5rem; padding: var(--sk-2); font-size: .9375rem; }
  button.row { justify-content: flex-start; text-align: start; }
  button kbd, .key {
    font: 600 .75rem/1 var(--sk-font); padding: .2rem .35rem; border-radius: .3rem; border: 1px solid currentColor; opacity: .75; white-space: nowrap;
  }
`;

export const fields = css`
  label { display: flex; flex-direction: column; gap: var(--sk-1); font-size: .875rem; font-weight: 600; color: var(--sk-soft); }
  input, select, textarea {
    min-block-size: var(--sk-touch); padding: var(--sk-2) var(--sk-3); inline-size: 100%;
    border: 1px solid var(--sk-edge); border-radius: var(--sk-radius); background: var(--sk-surface); color: var(--sk-ink);
    font: 400 1.0625rem/1.3 var(--sk-font);
  }
  input::placeholder { color: var(--sk-soft); opacity: 1; }
  .amount { font-size: 2.25rem; font-weight: 700; font-variant-numeric: tabular-nums; letter-spacing: -.02em; text-align: end; }
  .problem { color: var(--sk-bad); font-weight: 600; }
`;

export const lists = css`
  .list > li + li { border-block-start: 1px solid var(--sk-line); }
  .list button { inline-size: 100%; border: 0; border-radius: 0; background: transparent; justify-content: flex-start; text-align: start; font-weight: 400; padding: var(--sk-3) var(--sk-4); }
  .list button:hover { background: var(--sk-raised); }
  dl.facts { display: grid; grid-template-columns: 1fr auto; gap: var(--sk-2) var(--sk-5); }
  dl.facts dt { color: var(--sk-soft); }
  dl.facts dd { text-align: end; font-variant-numeric: tabular-nums; font-weight: 600; }
  dl.facts .sum { font-weight: 700; color: var(--sk-ink); border-block-start: 1px solid var(--sk-line); padding-block-start: var(--sk-2); }
`;

/** All of them. */
export const kit = [base, buttons, fields, lists];
