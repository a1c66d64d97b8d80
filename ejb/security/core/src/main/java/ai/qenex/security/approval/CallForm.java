package ai.qenex.security.approval;

import ai.qenex.kernel.FormReader;
import ai.qenex.kernel.FormWriter;
import ai.qenex.kernel.Hash;
import ai.qenex.kernel.Money;
import ai.qenex.security.Approval.Verdict;
import ai.qenex.security.Operation;
import ai.qenex.security.OperationFigures;
import ai.qenex.security.SensitiveCall;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The canonical form of a request: every member, in one order, each with its length, so that two requests never share a
 * form. Its SHA-256 is what approvers sign, and it is kept whole, so that what is carried out is read from what was
 * signed.
 */
public final class CallForm {

  private static final int VERSION = 1;
  private static final String DECISION = "qenex approval decision 1";
  private static final int MOST_ENTRIES = 1_000;

  private CallForm() {}

  public static byte[] of(SensitiveCall call) {
    var form = new FormWriter();
    form.begin();
    form.int1(VERSION).uuid(call.id()).text(call.operation().code());
    form.int4(call.figures().amounts().size());
    for (Money amount : call.figures().amounts()) {
      form.asset(amount.asset()).amount(amount.amount());
    }
    form.int1(call.figures().open() ? 1 : 0).int1(call.figures().internal() ? 1 : 0).text(call.figures().concerns());
    form.text(call.policy()).int4(call.needed());
    texts(form, call.approverRoles());
    texts(form, call.approvers());
    form.text(call.maker());
    texts(form, call.makerRoles());
    form.text(call.method()).text(call.path()).text(call.query()).text(call.mediaType()).uuid(call.idempotencyId());
    byte[] body = call.body();
    return form.int4(body.length).raw(body).toBytes();
  }

  /** @throws IllegalArgumentException unless {@link #of} made it */
  public static SensitiveCall read(byte[] form) {
    var reader = new FormReader(form);
    if (reader.int1() != VERSION) {
      throw new IllegalArgumentException("the form of a request of another version");
    }
    UUID id = reader.uuid();
    Operation operation =
        Operation.ofCode(reader.text()).orElseThrow(() -> new IllegalArgumentException("an unknown operation"));
    List<Money> amounts = new ArrayList<>();
    for (int i = count(reader); i > 0; i--) {
      var asset = reader.asset();
      amounts.add(new Money(reader.amount(), asset));
    }
    var figures = new OperationFigures(amounts, reader.flag(), reader.flag(), reader.text());
    String policy = reader.text();
    int needed = reader.int4();
    Set<String> roles = texts(reader);
    Set<String> approvers = texts(reader);
    String maker = reader.text();
    Set<String> makerRoles = texts(reader);
    String method = reader.text();
    String path = reader.text();
    String query = reader.text();
    String mediaType = reader.text();
    UUID idempotencyId = reader.uuid();
    byte[] body = reader.raw(reader.int4());
    reader.end();
    return new SensitiveCall(id, operation, figures, policy, needed, roles, approvers, maker, makerRoles, method, path,
        query, mediaType, idempotencyId, body);
  }

  /** What stands for a request wherever it is signed or compared. */
  public static Hash hash(byte[] form) {
    try {
      return new Hash(MessageDigest.getInstance("SHA-256").digest(form));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** One approver's word, to be signed. */
  public record Word(String approver, Verdict verdict, Instant at) {}

  /** What is signed: a name of the kind of message, the request, its hash, who says what and when. */
  public static byte[] decision(UUID approval, Hash hash, Word word) {
    var form = new FormWriter();
    form.begin();
    return form.text(DECISION).uuid(approval).hash(hash).text(word.approver()).text(word.verdict().code())
        .micros(word.at()).toBytes();
  }

  private static void texts(FormWriter form, Set<String> texts) {
    form.int4(texts.size());
    new TreeSet<>(texts).forEach(form::text);
  }

  private static Set<String> texts(FormReader form) {
    Set<String> texts = new LinkedHashSet<>();
    for (int i = count(form); i > 0; i--) {
      texts.add(form.text());
    }
    return texts;
  }

  private static int count(FormReader form) {
    int count = form.int4();
    if (count < 0 || count > MOST_ENTRIES) {
      throw new IllegalArgumentException("a form with " + count + " entries");
    }
    return count;
  }
}
