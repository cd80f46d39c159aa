/** What is compared of two persons; absent as null. */
export interface ComparableIdentity {
  readonly birthName: string | null
  readonly usedName: string | null
  /** Birth given names in their order, then the used one where it differs. */
  readonly givenNames: readonly string[]
  /** 'YYYY-MM-DD' */
  readonly birthDate: string | null
  readonly sex: 'F' | 'M' | 'I' | null
  readonly birthPlaceCode: string | null
  /** Digits; none known: absent. */
  readonly phones?: readonly string[]
  /** Thirteen characters or fifteen. */
  readonly matricule?: string | null
}

/** How one trait of two persons compares; each has a weight in matching-weights.ts. */
export type Agreement = keyof typeof reasonOf

/** What agrees is borne by few: in bits above what is usual of this trait, below zero where many bear it. */
export type Rarity = 'family.rarity' | 'given.rarity' | 'place.rarity' | 'birth.rarity'

/** The ways in which two identities agree, one by trait, what must be said of several together, and how rare is what agrees. */
export interface Comparison {
  readonly ways: readonly Agreement[]
  readonly rarity: readonly (readonly [Rarity, number])[]
}

export const reasonOf = {
  'family.same': 'même nom',
  'family.bothSame': 'mêmes noms de naissance et utilisé',
  'family.sameAndAlike': 'même nom, l’autre nom à peu près le même',
  'family.sameButOther': 'même nom de naissance, autre nom utilisé',
  'family.married': 'même nom utilisé, autre nom de naissance',
  'family.crossed': 'nom utilisé par l’une, de naissance pour l’autre',
  'family.crossedAlike': 'nom utilisé par l’une, de naissance pour l’autre, à peu près',
  'family.sound': 'nom qui se prononce de même',
  'family.slip': 'nom à une lettre près',
  'family.near': 'nom proche',
  'family.part': 'une partie du nom',
  'family.other': 'autre nom',
  'family.absent': null,
  'given.same': 'même prénom',
  'given.second': 'le prénom de l’un est un autre prénom de l’autre',
  'given.part': 'une partie du prénom',
  'given.short': 'prénom abrégé',
  'given.sound': 'prénom qui se prononce de même',
  'given.slip': 'prénom à une lettre près',
  'given.near': 'prénom proche',
  'given.later': 'autre premier prénom',
  'given.initial': 'même initiale du prénom',
  'given.other': 'autre prénom',
  'given.absent': null,
  'next.same': 'mêmes prénoms suivants',
  'next.some': 'un prénom suivant commun',
  'next.other': 'les prénoms suivants diffèrent',
  'next.absent': null,
  'names.inverted': 'nom et prénom inversés',
  'birth.same': 'même date de naissance',
  // The first of January of many records is a day that nobody knew.
  'birth.sameVague': 'même date de naissance (1ᵉʳ janvier)',
  'birth.inverted': 'jour et mois inversés',
  'birth.digit': 'date de naissance à un chiffre près',
  'birth.swapped': 'deux chiffres de la date inversés',
  'birth.yearSlip': 'même jour et même mois, à un an ou dix ans près',
  'birth.near': 'date de naissance proche',
  'birth.dayMonth': 'même jour et même mois, autre année',
  'birth.year': 'même année de naissance',
  'birth.other': 'autre date de naissance',
  'birth.absent': null,
  'sex.same': null,
  'sex.other': 'sexe différent',
  'sex.absent': null,
  'place.same': 'même lieu de naissance',
  'place.home': 'même lieu de naissance',
  'place.department': 'même département de naissance',
  'place.other': 'autre lieu de naissance',
  'place.absent': null,
  'phone.same': 'même téléphone',
  'phone.home': 'même téléphone',
  'phone.other': null,
  'phone.absent': null,
  // What agrees together within a family, and must not be counted as so many separate proofs.
  'family.twin': 'jumeaux ou jumelles\u00a0?',
  'family.maybeTwin': 'jumeaux ou jumelles\u00a0?',
  'family.household': 'même foyer\u00a0?',
  'family.junior': 'même nom et même prénom à une génération d’écart\u00a0?',
} as const satisfies Readonly<Record<string, string | null>>
