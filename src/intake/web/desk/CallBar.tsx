import { IconAmbulance, IconPhoneIncoming } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { Button } from '../../../platform/web/display/Button.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { formatHour } from '../../../platform/web/text/dates.ts'
import { nbsp, typo } from '../../../platform/web/text/typography.ts'
import { channels } from '../../contract/value-sets.ts'
import { phoneWords } from '../words.ts'

/** Channels on which somebody waits on the other side. */
const live = ['phone', 'reception']

/** By which channel, since when, and the way to the 15. `startedAt` is the instant of the first letter typed. */
export function CallBar(props: {
  readonly channel: string
  readonly onChannel: (channel: string) => void
  readonly receivedAt: string
  readonly onReceivedAt: (local: string) => void
  readonly phone: string
  readonly startedAt: number | null
  readonly onEmergency: (words: string) => void
}): ReactNode {
  const list = useValueList(channels.code, channels.values)
  const isLive = live.includes(props.channel)
  const passOn = async (): Promise<void> => {
    const passed = await confirm({
      title: 'Urgence vitale : le 15 d’abord',
      text: (
        <>
          Gardez l’appelant en ligne, appelez le <b>15</b> (ou le 112, le 114 par SMS pour qui n’entend pas) et restez jusqu’à la prise en charge. La demande
          garde tout ce qui est écrit.
        </>
      ),
      action: 'Noter « passé au 15 »',
    })
    if (passed) props.onEmergency(`Appel passé au 15 à ${formatHour(new Date())}.`)
  }
  return (
    <div className="callbar">
      <Ic of={IconPhoneIncoming} />
      <label className="row" style={{ gap: 6 }}>
        <span className="vh">Par où la demande arrive</span>
        <select className="callbar__channel" value={props.channel} onChange={(event) => props.onChannel(event.currentTarget.value)}>
          {list.values.map(({ code, label }) => (
            <option key={code} value={code}>
              {code === 'phone' && props.startedAt !== null ? 'Appel en cours' : label}
            </option>
          ))}
        </select>
      </label>
      {isLive ? (
        <>
          {props.phone ? <span className="nw">{phoneWords(props.phone)}</span> : null}
          <CallTimer startedAt={props.startedAt} />
        </>
      ) : (
        <label className="row" style={{ gap: 6 }}>
          Reçue le
          <input type="datetime-local" className="callbar__when" value={props.receivedAt} onChange={(event) => props.onReceivedAt(event.currentTarget.value)} />
        </label>
      )}
      <span className="end">
        <Button small alert icon={IconAmbulance} onClick={() => void passOn()}>
          {typo('Urgence vitale : passer au 15')}
        </Button>
      </span>
    </div>
  )
}

/** Text, not a spinner: how long the caller has been there. */
function CallTimer(props: { readonly startedAt: number | null }): ReactNode {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (props.startedAt === null) return
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [props.startedAt])
  if (props.startedAt === null) return null
  const seconds = Math.max(0, Math.floor((now - props.startedAt) / 1_000))
  const minutes = Math.floor(seconds / 60)
  return (
    <span className="nw" role="timer" aria-live="off">
      {minutes > 0 ? `${minutes}${nbsp}min${nbsp}` : ''}
      {seconds % 60}
      {nbsp}s
    </span>
  )
}
