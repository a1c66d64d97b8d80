-- Below this amount ten thousand million obligations of a cycle add up to less than 38 digits, so only a cycle with a
-- large one has to be added up before it takes more.
create index large_obligation on obligation (cycle) where amount >= 10000000000000000000000000000;
