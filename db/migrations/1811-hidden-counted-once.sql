-- Every opening of a file counted what is hidden of it twice over, for nobody: the screens ask persons.hidden, which says why as well.
drop function liaison.hidden_items(uuid);
