package ai.qenex.benchmark.faults;

/** What a client learnt from one attempt. */
enum Reply {
  /** Carried out, now or by an earlier attempt. */
  POSTED,
  /** A rule of business said no, for good. */
  REFUSED,
  /** Told in so many words to come back later: 429 or 503 with a code and a time, or the engine's own words for it. */
  LATER,
  /** No answer: nobody knows what became of it. */
  SILENCE,
  /** An answer that tells a client nothing it can act on. */
  UNCLEAR
}
