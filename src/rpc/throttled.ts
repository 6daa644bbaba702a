/** Runs `action` at once, then at most once an interval; a trigger in between is not lost. */
export function throttled(interval: number, action: () => void): { trigger: () => void; cancel: () => void } {
  let timer: NodeJS.Timeout | null = null;
  let again = false;
  const run = (): void => {
    again = false;
    action();
    timer = setTimeout(() => {
      timer = null;
      if (again) run();
    }, interval);
  };
  return {
    trigger: () => {
      if (timer === null) run();
      else again = true;
    },
    cancel: () => {
      again = false;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
