-- A form of the region is loaded from a terminal or published by the regional administration from her screen: the gate decides who, the trigger that a
-- version is written once.
grant insert on assessments.form to jalon_app;
