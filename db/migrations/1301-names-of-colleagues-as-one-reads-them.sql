-- Pro Santé Connect gives family names in capitals. Those of accounts opened by a first login were kept so, and « Hugo ARNOULD » stood beside
-- « Julie Marchal »: a colleague is « Prénom Nom » everywhere; capitals are for the official traits of a person.
update territory.user_account set family_name = initcap(family_name) where family_name = upper(family_name) and family_name <> lower(family_name);
update territory.user_account set given_name = initcap(given_name) where given_name = upper(given_name) and given_name <> lower(given_name);
