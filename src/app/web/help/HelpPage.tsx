import type { ReactNode } from 'react'
import { Keys } from '../../../platform/web/display/Keys.tsx'
import { Columns, Section, Sheet } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'

/** The little one needs to know to begin; the rest is written on each screen. */
export function HelpPage(): ReactNode {
  return (
    <Page title="Aide" hiddenHeading>
      <Columns kind="one">
        <Sheet label="Aide">
          <div className="stack stack--4" style={{ maxWidth: 720 }}>
            <Section title="Trouver, commencer">
              <ul className="lines">
                <li className="row sp">
                  <span>Une personne, un professionnel, une structure ou une action, depuis partout</span>
                  <Keys k="Ctrl+k" />
                </li>
                <li className="row sp">
                  <span>Une nouvelle demande</span>
                  <Keys k="n" />
                </li>
                <li className="row sp">
                  <span>Les raccourcis de la page ouverte</span>
                  <Keys k="?" />
                </li>
                <li className="row sp">
                  <span>Envoyer un formulaire, depuis n’importe lequel de ses champs</span>
                  <Keys k="Ctrl+Enter" />
                </li>
              </ul>
            </Section>
            <Section title="Rien de ce que vous tapez ne se perd">
              <p>
                Chaque saisie est gardée au fil de la frappe. Fermer la page, perdre le réseau ou la session ne change rien{'\u00a0'}: revenez au même endroit,
                elle vous attend. Quand une autre personne a modifié la même fiche, les deux versions s’affichent côte à côte et vous choisissez.
              </p>
            </Section>
            <Section title="Au chevet, sans réseau">
              <p>
                Avant de partir, ouvrez <b>Ma tournée</b> (menu à votre nom) et touchez « Emporter ma tournée »{'\u00a0'}: les dossiers de vos rendez-vous du
                jour viennent sur l’appareil, chiffrés. Un code de huit caractères les rouvre si le navigateur se ferme. Sans réseau, vous lisez, vous écrivez
                une note, vous joignez une photo, vous répondez à l’évaluation en cours{'\u00a0'}; le bandeau dit depuis quand et combien d’éléments attendent.
                Au retour du réseau, tout part seul.
              </p>
              <p>
                Si un collègue a répondu autrement entre-temps, les deux réponses s’affichent et vous choisissez. Ce qui est refusé reste dans « À envoyer »,
                avec la raison{'\u00a0'}: réessayez, copiez les mots, ou écrivez-les dans un autre volet. Les dossiers s’effacent à l’heure dite, à la
                déconnexion et à la fin de la session{'\u00a0'}; ce que vous avez écrit reste scellé jusqu’à votre prochaine connexion sur cet appareil.
                Appareil perdu{'\u00a0'}? « Mes sessions », puis « Fermer et effacer ».
              </p>
            </Section>
            <Section title="Pourquoi je ne vois pas tout">
              <p>
                Chacun voit les volets que son métier et sa place auprès de la personne lui ouvrent. Ce qui est fermé est annoncé, avec la raison et la façon de
                demander. Chaque ouverture de dossier est tracée, et la personne peut savoir qui a ouvert le sien.
              </p>
            </Section>
            <Section title="L’annuaire et la carte">
              <p>
                Une seule case cherche les professionnels, les structures, les services et les fiches locales{'\u00a0'}: un nom, un métier, une commune, un
                numéro. Depuis un cercle, « Autour de la personne » montre qui est près d’elle. Vos notes restent à votre équipe{'\u00a0'}; une correction vaut
                pour toute la région, avec votre nom, et aucun import ne l’efface. Quand une ligne de votre service sonne, la fiche de qui appelle s’affiche
                d’elle-même.
              </p>
            </Section>
            <Section title="Une urgence">
              <p>
                Jalon n’est pas un moyen d’alerte vitale{'\u00a0'}: composez le <b>15</b>, ou le <b>114</b> par SMS.
              </p>
            </Section>
          </div>
        </Sheet>
      </Columns>
    </Page>
  )
}
