package ai.qenex.web.ledger;

import java.util.Optional;

/** @param id of the release */
public record ReleaseRequest(Optional<String> id) {}
