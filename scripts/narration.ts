/** Tells an operator, in French, what goes on: one rewritten line on a terminal, whole lines in a file. */
export interface Narration {
  /** Runs a step under a title; its ending line carries the time it took. `detail` shows what the step is at. */
  step<T>(title: string, work: (detail: (text: string) => void) => Promise<T>): Promise<T>
  say(line: string): void
}

/** Opens a narration on the standard output. Steps may overlap. */
export function narrate(output: NodeJS.WriteStream = process.stdout): Narration {
  const running = new Map<symbol, { title: string; detail: string; started: number }>()
  const terminal = output.isTTY === true
  let ticking: NodeJS.Timeout | undefined

  const clear = (): void => {
    if (terminal) output.write('\r\u001b[2K')
  }
  const draw = (): void => {
    const [current] = [...running.values()].slice(-1)
    if (!terminal || current === undefined) return
    const text = `  … ${current.title} (${seconds(current.started)})${current.detail === '' ? '' : ` — ${current.detail}`}`
    output.write(text.slice(0, Math.max(20, (output.columns ?? 80) - 1)))
  }
  const redraw = (): void => {
    clear()
    draw()
  }
  const say = (line: string): void => {
    clear()
    output.write(`${line}\n`)
    draw()
  }

  return {
    say,
    async step(title, work) {
      const id = Symbol(title)
      const state = { title, detail: '', started: Date.now() }
      running.set(id, state)
      if (terminal) redraw()
      ticking ??= terminal ? setInterval(redraw, 250).unref() : undefined
      const detail = (text: string): void => {
        state.detail = text
        if (terminal) redraw()
        else output.write(`    ${title} : ${text}\n`)
      }
      try {
        const result = await work(detail)
        running.delete(id)
        say(`  ✓ ${title} (${seconds(state.started)})`)
        return result
      } catch (error) {
        running.delete(id)
        say(`  ✗ ${title} (${seconds(state.started)})`)
        throw error
      } finally {
        if (running.size === 0) {
          clearInterval(ticking)
          ticking = undefined
        }
      }
    },
  }
}

/** 3,2 s */
export function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toLocaleString('fr-FR', { minimumFractionDigits: 1, maximumFractionDigits: 1 })}\u00a0s`
}
