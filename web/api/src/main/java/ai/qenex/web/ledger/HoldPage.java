package ai.qenex.web.ledger;

import java.util.List;
import java.util.Optional;

/** @param next cursor of the page that follows; absent on the last one */
public record HoldPage(List<HoldView> items, Optional<String> next) {}
