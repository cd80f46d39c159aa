import './chart.css'
import type { ReactNode } from 'react'
import { initials } from '../text/names.ts'

export interface CircleMember {
  readonly key: string
  /** « Dr Fritsch », « Sylvie » */
  readonly name: string
  /** Those of the whole name, where `name` is shortened. */
  readonly initials?: string | undefined
  /** « médecin traitant », « fille, aidante » */
  readonly role: string
  readonly tone: 'health' | 'social' | 'administrative' | 'accent' | 'alert'
  /** Drawn dashed: named in the circle, but without any access to the file. */
  readonly noAccess?: boolean | undefined
}

const colours: Record<CircleMember['tone'], { readonly fill: string; readonly line: string }> = {
  health: { fill: 'var(--v-sante-tint)', line: 'var(--v-sante)' },
  social: { fill: 'var(--v-social-tint)', line: 'var(--v-social)' },
  administrative: { fill: 'var(--v-admin-tint)', line: 'var(--v-admin)' },
  accent: { fill: 'var(--accent-tint)', line: 'var(--accent)' },
  alert: { fill: 'var(--alert-tint)', line: 'var(--alert)' },
}

const centre = { x: 182, y: 205 }
const ringRadius = 168

/** The circle: relatives inside, the équipe de soins on the ring, dashed without access. Its list twin stands one click away, in the same order. */
export function CircleGraph(props: {
  readonly person: { readonly name: string; readonly initials: string }
  readonly inner: readonly CircleMember[]
  readonly ring: readonly CircleMember[]
  /** What readers hear: how many, and where the detail is. */
  readonly label: string
}): ReactNode {
  return (
    <svg className="ring" viewBox="0 0 364 428" role="img" aria-label={props.label}>
      <circle cx={centre.x} cy={centre.y} r={ringRadius} fill="none" stroke="var(--line-2)" strokeWidth="1.5" />
      <circle cx={centre.x} cy={centre.y + 3} r="113" fill="var(--surface)" stroke="var(--line)" strokeWidth="1.5" />
      <circle cx={centre.x} cy="142" r="27" fill="var(--accent)" />
      <text x={centre.x} y="148" textAnchor="middle" fill="var(--on-accent)" className="ini ini--l">
        {props.person.initials}
      </text>
      <text x={centre.x} y="186" textAnchor="middle" className="nm">
        {props.person.name}
      </text>
      {props.inner.slice(0, 5).map((member, index) => (
        <Member key={member.key} member={member} at={insideAt(index, Math.min(5, props.inner.length))} radius={19} inner />
      ))}
      {props.ring.map((member, index) => (
        <Member key={member.key} member={member} at={ringAt(index, props.ring.length)} radius={20} />
      ))}
    </svg>
  )
}

function Member(props: {
  readonly member: CircleMember
  readonly at: { readonly x: number; readonly y: number }
  readonly radius: number
  readonly inner?: boolean
}): ReactNode {
  const { member, at, radius } = props
  const { fill, line } = colours[member.tone]
  const gap = props.inner ? 34 : 35
  return (
    <g className={props.inner ? 'inn' : undefined}>
      <circle cx={at.x} cy={at.y} r={radius} fill={fill} stroke={line} strokeWidth="1.75" strokeDasharray={member.noAccess ? '4 3' : undefined} />
      <text x={at.x} y={at.y + 5} textAnchor="middle" className="ini" fill={line}>
        {member.initials ?? initials(member.name)}
      </text>
      <text x={at.x} y={at.y + gap} textAnchor="middle" className="nm">
        {member.name}
      </text>
      <text x={at.x} y={at.y + gap + 15} textAnchor="middle" className="rl">
        {member.role}
      </text>
    </g>
  )
}

/** Up to five relatives on an arc below the person. */
function insideAt(index: number, count: number): { readonly x: number; readonly y: number } {
  const width = count <= 1 ? 0 : Math.min(132, 66 * (count - 1))
  const x = centre.x - width / 2 + (count <= 1 ? 0 : (width / (count - 1)) * index)
  const lift = Math.abs(x - centre.x) / 66
  return { x, y: 240 - 28 * Math.min(1, lift) }
}

/** Evenly round the ring from the top, clockwise. */
function ringAt(index: number, count: number): { readonly x: number; readonly y: number } {
  const angle = (index / Math.max(1, count)) * 2 * Math.PI - Math.PI / 2
  return { x: centre.x + ringRadius * 0.97 * Math.cos(angle) * 0.93, y: centre.y + ringRadius * Math.sin(angle) }
}
