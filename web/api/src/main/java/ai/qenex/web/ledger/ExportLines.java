package ai.qenex.web.ledger;

import ai.qenex.kernel.Money;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountHistory.Extract;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.web.json.StrictJson;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Writes an export line by line, in one of its two forms. */
interface ExportLines {

  String NDJSON = "application/x-ndjson";
  String CSV = "text/csv";

  /**
   * A transfer as the account sees it.
   *
   * @param pays whether the account is the debit one
   * @param other id of the other account
   * @param balance the exported balance right after it
   */
  record Moved(TransferPosted transfer, String hash, boolean pays, UUID other, Money balance) {}

  void opening(Account account, Extract extract) throws IOException;

  void transfer(Moved moved) throws IOException;

  /** The last line; what follows none is complete. */
  void closing(long transfers, Money balance) throws IOException;

  /** How an export is written. */
  enum Form {
    NDJSON(ExportLines.NDJSON) {
      @Override
      ExportLines to(OutputStream out) throws IOException {
        return new JsonLines(StrictJson.generator(out).setRootValueSeparator(null));
      }
    },
    CSV(ExportLines.CSV + ";charset=utf-8") {
      @Override
      ExportLines to(OutputStream out) {
        return new Table(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
      }
    };

    private final String mediaType;

    Form(String mediaType) {
      this.mediaType = mediaType;
    }

    String mediaType() {
      return mediaType;
    }

    abstract ExportLines to(OutputStream out) throws IOException;
  }

  /** One JSON object per line. */
  record JsonLines(JsonGenerator json) implements ExportLines {

    @Override
    public void opening(Account account, Extract extract) throws IOException {
      begin("opening");
      json.writeStringField("account", account.id().toString());
      json.writeStringField("asset", account.asset().code());
      json.writeNumberField("seq", extract.upTo());
      end(extract.opening());
    }

    @Override
    public void transfer(Moved moved) throws IOException {
      TransferPosted transfer = moved.transfer();
      begin("transfer");
      json.writeNumberField("seq", transfer.seq());
      json.writeStringField("id", transfer.id().toString());
      json.writeStringField("hash", moved.hash());
      json.writeStringField("bookedAt", transfer.bookedAt().toString());
      json.writeStringField("businessDate", transfer.businessDate().toString());
      json.writeStringField("valueDate", transfer.valueDate().toString());
      json.writeStringField("direction", moved.pays() ? "debit" : "credit");
      json.writeStringField("counterparty", moved.other().toString());
      json.writeStringField("amount", transfer.amount().toDecimalString());
      if (transfer.reference().isPresent()) {
        json.writeStringField("reference", transfer.reference().get());
      }
      end(moved.balance());
    }

    @Override
    public void closing(long transfers, Money balance) throws IOException {
      begin("closing");
      json.writeNumberField("transfers", transfers);
      end(balance);
      json.flush();
    }

    private void begin(String type) throws IOException {
      json.writeStartObject();
      json.writeStringField("type", type);
    }

    private void end(Money balance) throws IOException {
      json.writeStringField("balance", balance.toDecimalString());
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  /** Comma-separated values; a first line names the columns, and texts stand in quotes. */
  record Table(Writer out) implements ExportLines {

    @Override
    public void opening(Account account, Extract extract) throws IOException {
      out.write("type,seq,id,hash,bookedAt,businessDate,valueDate,direction,counterparty,amount,asset,balance,"
          + "reference\r\n");
      line("opening", extract.upTo(), account.id(), "", "", "", "", "", "", "", account.asset().code(),
          extract.opening().toDecimalString(), "");
    }

    @Override
    public void transfer(Moved moved) throws IOException {
      TransferPosted transfer = moved.transfer();
      line("transfer", transfer.seq(), transfer.id(), moved.hash(), transfer.bookedAt(), transfer.businessDate(),
          transfer.valueDate(), moved.pays() ? "debit" : "credit", moved.other(), transfer.amount().toDecimalString(),
          transfer.amount().asset().code(), moved.balance().toDecimalString(),
          transfer.reference().map(text -> '"' + text.replace("\"", "\"\"") + '"').orElse(""));
    }

    @Override
    public void closing(long transfers, Money balance) throws IOException {
      line("closing", transfers, "", "", "", "", "", "", "", "", balance.asset().code(), balance.toDecimalString(), "");
      out.flush();
    }

    private void line(Object... fields) throws IOException {
      for (int i = 0; i < fields.length; i++) {
        out.write(i == 0 ? "" : ",");
        out.write(fields[i].toString());
      }
      out.write("\r\n");
    }
  }
}
