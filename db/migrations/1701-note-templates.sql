-- Frames of notes, per trade, as data of the region: every version kept. About nobody.

create table liaison.note_template (
  id uuid primary key,
  created_at timestamptz not null default now()
);

-- The highest version of a template is in force; none is ever changed.
create table liaison.note_template_version (
  template_id uuid not null references liaison.note_template,
  version integer not null check (version > 0),
  label text not null,
  note_type text not null,
  -- whose work it is: categories of R.1110-2, and among them beginnings of words of a profession; none: all of the category
  categories text[] not null check (cardinality(categories) > 0),
  professions text[] not null default '{}',
  headings text[] not null check (cardinality(headings) > 0),
  active boolean not null,
  reason text,
  decided_by uuid,
  decided_by_name text not null,
  decided_at timestamptz not null default now(),
  primary key (template_id, version)
);

do $$
declare t text;
begin
  foreach t in array array['note_template', 'note_template_version'] loop
    execute format('alter table liaison.%I enable row level security', t);
    execute format('alter table liaison.%I force row level security', t);
    execute format('create policy read on liaison.%I for select to jalon_app using (true)', t);
    execute format('create policy write on liaison.%I for insert to jalon_app with check ((select platform.actor_functions()) && ''{regional_admin}''::text[])', t);
    execute format('create policy system on liaison.%I to jalon_system using (true) with check (true)', t);
    execute format('create policy kernel on liaison.%I to jalon_kernel using (true) with check (true)', t);
    execute format('grant select, insert on liaison.%I to jalon_app', t);
    execute format('grant select, insert, update, delete on liaison.%I to jalon_system, jalon_kernel', t);
  end loop;
end $$;

-- Those that a region begins with; it changes them from the screen.
with templates (id, label, note_type, categories, professions, headings) as (values
  ('01930000-0000-7000-8000-000000000101'::uuid, 'Passage de soins', 'intervention', '{health}'::text[], '{infirmi,aide-soignant}'::text[],
    '{Soins faits,État général,"Peau, plaie",Traitement pris,À surveiller}'::text[]),
  ('01930000-0000-7000-8000-000000000102', 'Rééducation', 'intervention', '{health}', '{kinésithérap,masseur,ergothérap,psychomot,orthoph}',
    '{Séance,"Marche, équilibre",Douleur,Exercices laissés,À surveiller}'),
  ('01930000-0000-7000-8000-000000000103', 'Consultation', 'intervention', '{health}', '{médecin,docteur,gériatre,psychiatre}',
    '{Motif,Examen,Changements de traitement,Consignes,Prochaine consultation}'),
  ('01930000-0000-7000-8000-000000000104', 'Délivrance', 'observation', '{health}', '{pharmac}', '{Délivré,Observance,Problème repéré,Demande au prescripteur}'),
  ('01930000-0000-7000-8000-000000000105', 'Visite à domicile', 'observation', '{coordination}', '{}', '{Ce qu’elle dit,Ce que j’ai vu,Logement,Aidants,Suite convenue}'),
  ('01930000-0000-7000-8000-000000000106', 'Appel', 'intervention', '{coordination,social,health}', '{}', '{Avec qui,Ce qui s’est dit,Suite}'),
  ('01930000-0000-7000-8000-000000000107', 'Point social', 'observation', '{social,coordination}', '{}', '{Droits et dossiers,Ressources,Logement,Entourage,Démarches à faire}'),
  ('01930000-0000-7000-8000-000000000108', 'Mesure de protection', 'observation', '{legal_protection}', '{}', '{Actes faits,Accord demandé,Réponse attendue de}'),
  ('01930000-0000-7000-8000-000000000109', 'Retour à domicile', 'instruction', '{health,coordination}', '{}', '{Date et heure,Ordonnances,Matériel,Premier passage,Qui appeler}')
), kept as (insert into liaison.note_template (id) select id from templates returning id)
insert into liaison.note_template_version (template_id, version, label, note_type, categories, professions, headings, active, decided_by_name)
select id, 1, label, note_type, categories, professions, headings, true, 'Jalon, modèles de départ' from templates;
