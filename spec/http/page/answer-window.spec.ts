import { describe, expect, it } from 'vitest';
import { AnswerWindow } from '#src/http/page/answer-window.ts';

function sendAll(window: AnswerWindow): number {
  let sent = 0;
  for (; window.isOpen; sent += 1) window.sent();
  return sent;
}

describe('AnswerWindow', () => {
  it('lets three requests out, and one more for each good answer', () => {
    const window = new AnswerWindow();
    expect(sendAll(window)).toBe(3);
    window.over();
    window.grow();
    expect(sendAll(window)).toBe(2);
  });

  it('has at most 64 out, starts anew when a stream ends, and with one after a sign-in', () => {
    const window = new AnswerWindow();
    for (let answers = 0; answers < 100; answers += 1) window.grow();
    expect(sendAll(window)).toBe(64);
    window.restart();
    for (let over = 0; over < 62; over += 1) window.over();
    expect(sendAll(window)).toBe(1);
    window.narrow();
    window.over();
    window.over();
    expect(window.isOpen).toBe(false);
    window.over();
    expect(sendAll(window)).toBe(1);
  });

  it('never closes for good, however much trouble there is', () => {
    const window = new AnswerWindow();
    for (let trouble = 0; trouble < 10; trouble += 1) window.halve();
    expect(sendAll(window)).toBe(1);
    window.restart();
    window.over();
    expect(sendAll(window)).toBe(1);
  });
});
