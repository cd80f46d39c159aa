import { describe, expect, it } from 'vitest'
import { recipientKinds } from './agreements.ts'
import { recipientRules } from './recipients.ts'
import { thesaurus, thesaurusValueSet } from './thesaurus.ts'
import { regionalThesaurus, searchThesaurus, type ThesaurusValue } from './thesaurus-search.ts'

const labels = (typed: string): string[] => searchThesaurus(thesaurus, typed).map((hit) => hit.label)
const values: readonly ThesaurusValue[] = thesaurusValueSet.values.map(({ code, label, parent, keywords }) => ({
  code,
  label,
  parent: parent ?? null,
  keywords: keywords ?? [],
  hidden: false,
}))

describe('the thesaurus', () => {
  it('answers from two letters, problems first, accents aside', () => {
    expect(searchThesaurus(thesaurus, 'ch')[0]).toMatchObject({ kind: 'problem', label: 'Chutes, difficulté à se déplacer' })
    expect(labels('medic')).toEqual(labels('Médic'))
    expect(labels('')).toEqual([])
  })

  it('finds by other words for the same thing, and by several words', () => {
    expect(searchThesaurus(thesaurus, 'iatrogenie')[0]).toMatchObject({ kind: 'problem', label: 'Médicaments difficiles à gérer' })
    expect(searchThesaurus(thesaurus, 'pilul sem')[0]).toMatchObject({ kind: 'action', label: 'Préparer le pilulier chaque semaine' })
  })

  it('each hit knows the problem it belongs to, hence its volet', () => {
    expect(searchThesaurus(thesaurus, 'pilulier').find((hit) => hit.kind === 'action')).toMatchObject({
      problem: { volet: 'health' },
      objective: { label: 'Prendre ses médicaments sans erreur' },
    })
  })

  it('is that of the region: its labels, without what it hides, with what it added', () => {
    const changed = values.map((value) =>
      value.code === 'D1.pain' ? { ...value, hidden: true } : value.code === 'D1.wound' ? { ...value, label: 'Plaie chronique' } : value,
    )
    const added: ThesaurusValue = { code: 'D1.heat', label: 'Canicule', parent: 'D1', keywords: ['chaleur'], hidden: false }
    const tree = regionalThesaurus([...changed, added])
    expect(searchThesaurus(tree, 'douleur').filter((hit) => hit.kind === 'problem')).toEqual([])
    expect(searchThesaurus(tree, 'plaie chro')[0]).toMatchObject({ label: 'Plaie chronique' })
    expect(searchThesaurus(tree, 'chaleur')[0]).toMatchObject({ label: 'Canicule', problem: { objectives: [] } })
  })

  it('is the starter one while the lists of the region are read', () => {
    expect(regionalThesaurus(undefined)).toBe(thesaurus)
  })
})

describe('who may receive what', () => {
  it('no social actor, and no other partner, is proposed or allowed the health volet', () => {
    for (const kind of ['social_professional', 'other'] as const) expect(recipientRules[kind].allowed).not.toContain('health')
    for (const kind of recipientKinds) expect(recipientRules[kind].proposed.every((volet) => recipientRules[kind].allowed.includes(volet))).toBe(true)
  })
})
