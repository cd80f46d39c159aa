import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { FormDefinition } from '../../contract/form-definition.ts'
import { starterForms } from '../../contract/forms.ts'
import { currentForms } from '../../contract/library.ts'

/** Those of the region first, then those that come with Jalon; each opens in its current version. */
export function FormList(props: { readonly chosen: FormDefinition | null; readonly onPick: () => void }): ReactNode {
  const own = currentForms().filter((form) => !isStarter(form))
  const groups = [
    { title: 'De la région', forms: own, none: 'Aucun pour l’instant.' },
    { title: 'Livrés avec Jalon', forms: currentForms().filter(isStarter), none: '' },
  ]
  return groups.map(({ title, forms, none }) => (
    <section key={title} aria-label={title}>
      <h2 className="library__group">{title}</h2>
      {forms.length === 0 ? <p className="small mut library__none">{none}</p> : null}
      {forms.map((form) => (
        <Link
          key={form.code}
          to="."
          replace
          search={{ formulaire: form.code } as never}
          onClick={props.onPick}
          className={form.code === props.chosen?.code ? 'library__pick is-on' : 'library__pick'}
          aria-current={form.code === props.chosen?.code ? 'true' : undefined}
        >
          <span className="grow">{form.kind === 'grid' ? form.shortTitle : form.title}</span>
          <span className="small dim nw">{form.version}</span>
        </Link>
      ))}
    </section>
  ))
}

export function isStarter(form: FormDefinition): boolean {
  return starterForms.some((one) => one.code === form.code)
}
