package ai.qenex.systemtest;

import java.util.List;

/** What attackers write into names, values and bodies. None of it is a valid value of anything the bank changes. */
final class HostileWords {

  /** As a segment of a path, raw. */
  static final List<String> SEGMENTS = List.of("..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "..%5c..%5c", "%00", "a%00b",
      "%0d%0aSet-Cookie:a=b", "%c0%ae%c0%ae", "%e0%80%ae", "%f0%80%80%ae", "%ff%fe", "%ed%a0%80", "a;b=c", ";a", "a;",
      ".;", "%3b", "%2f", "%252f", "%25%32%66", "'%20or%20'1'='1", "1;drop%20table%20ledger.log", "%27%3b--", "*", "%",
      "%zz", "%u002e", "${jndi:ldap:x}", "%24%7bjndi%7d", "{{7*7}}", "%3Cscript%3E", "-1", "0", "99999999999999999999",
      "0x0000000000000000000000000000000000000000", "DE00000000000000000000", "%F0%9F%92%A9", "a".repeat(3_000),
      "%E2%80%AE", "%EF%BC%8E%EF%BC%8E", "null", "undefined", "true", "NaN", "1e309", "%09", "%7f", "con", "~root",
      "00000000-0000-0000-0000-000000000000", "WEB-INF%2fweb.xml", "a%2fb", "...", "%20", "+");

  /** As a value in a query, raw. */
  static final List<String> QUERIES = List.of("limit=-1", "limit=0", "limit=99999999999", "limit=1e3", "limit=%00",
      "limit=1&limit=2", "limit=", "limit", "limit=%EF%BC%91", "cursor=%00", "cursor=..%2f", "cursor=AAAA",
      "cursor='--",
      "cursor=" + "A".repeat(2_000), "at=%00", "at=now", "at=-999999999-01-01T00:00:00Z",
      "at=+999999999-12-31T23:59:59.999999999Z", "valueDate=2027-02-30", "valueDate=0000-00-00", "businessDate=%00",
      "businessDate=9999999999-01-01", "asset=%00", "asset=" + "E".repeat(500), "asset='%20or%201=1--",
      "at=1&valueDate=1",
      "from=%FF", "to=-1", "first=-9223372036854775809", "size=9223372036854775808", "%00=%00", "&&&&", "=&=", "%zz=1",
      "a[]=1&a[0]=2", "__proto__=1", "%24where=1", "atomic=maybe", "callback=alert", "format=../../x", "client=%00");

  /** As a value of a JSON member, raw JSON. None is a valid amount, account or date. */
  static final List<String> VALUES = List.of("null", "true", "{}", "[]", "[[]]", "\"\\u0000\"", "\"\\ud800\"",
      "1e999999999", "-0", "0.1e-999999", "9".repeat(400), "\"" + "9".repeat(400) + "\"", "\"1e5\"", "\"0x10\"",
      "\"NaN\"",
      "\"-1\"", "\"' or '1'='1\"", "\"${jndi:ldap://x}\"", "\"<script>\"", "\"../../etc/passwd\"", "\"\\u202e\"",
      "\"\uff11\uff10\"", "\"" + "x".repeat(5_000) + "\"", "{\"$ne\":null}", "{\"@type\":\"java.lang.Runtime\"}",
      "[\"java.util.HashMap\",{}]", "\"\\uFEFF\"", "\"\"", "\" \"", "\"%s%n%x\"", "\"1,00\"", "\"1\u00a0000\"",
      "\"\u0661\"");

  /** As a whole body, of which none is a request. */
  static final List<String> BODIES = List.of("", " ", "null", "true", "0", "\"\"", "[", "]", "{", "}", "{]", "[}",
      "[[]]",
      "[null]", "{\"\":\"\"}", "{\"a\":1}", "{\"a\":1,\"a\":2}", "\u0000", "\ufeff{}", "{'a':1}", "{a:1}", "{\"a\":01}",
      "{\"a\":+1}", "{\"a\":.1}", "{\"a\":1.}", "{\"a\":NaN}", "{\"a\":0x1}", "{\"a\":1}{\"a\":1}", "{\"a\":1},",
      "//x\n{}",
      "/*x*/{}", "{\"a\":\"\n\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\ud800\"}", "{\"__proto__\":{}}", "<xml/>", "a=b&c=d",
      "%00",
      "[".repeat(20_000), "{\"a\":".repeat(5_000), "[" + "[],".repeat(5_000) + "[]]",
      "{\"a\":" + "9".repeat(5_000) + "}",
      "{\"a\":1e999999999}", "{\"" + "n".repeat(3_000) + "\":1}", "\"" + "\\u0041".repeat(3_000) + "\"", "---\na: 1\n",
      "{\"a\":\"" + "\u202e".repeat(100) + "\"}", "{\"@class\":\"x\"}", "O:8:\"stdClass\":0:{}",
      "\u00ac\u00ed\u0000\u0005");

  /** As an XML document. */
  static final List<String> DOCUMENTS = List.of("", "<", "<a", "<a/>", "<a></b>", "<?xml version=\"9.9\"?><a/>",
      "<?xml version=\"1.0\" encoding=\"no-such\"?><a/>", "<!DOCTYPE a><a/>",
      "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
      "<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://127.0.0.1:1/\"> %x;]><a/>",
      "<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">"
          + "<!ENTITY c \"&b;&b;&b;&b;\">]><l>&c;</l>",
      "<a>&undefined;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>" + "<b>".repeat(5_000),
      "<a " + "b".repeat(5_000) + "=\"\"/>",
      "<a b=\"1\" b=\"2\"/>", "<a xmlns:b=\"c\"><d:e/></a>", "<a><![CDATA[", "<!--", "<?a", "<a>]]></a>", "{}",
      "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"/>",
      "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"><CstmrCdtTrfInitn/></Document>",
      "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08\"/>",
      "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"file:///etc/passwd\"/></a>",
      "<?xml-stylesheet href=\"http://127.0.0.1:1/\"?><a/>", "\u0000", "\ufeff<a/>",
      "<a xsi:schemaLocation=\"x http://127.0.0.1:1/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"/>");

  /** As header lines, raw. */
  static final List<String> FIELDS = List.of("X-HTTP-Method-Override: DELETE", "X-HTTP-Method: PUT",
      "X-Method-Override: POST",
      "X-Original-URL: /api/v1/ledger/log", "X-Rewrite-URL: /api/v1/ledger/log", "X-Forwarded-For: 127.0.0.1",
      "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: gopher", "Forwarded: for=_x;host=evil",
      "Host: evil.example",
      "Host: a, b", "Host: ", "Content-Length: 0", "Content-Encoding: gzip", "Content-Encoding: br",
      "Transfer-Encoding: identity",
      "Transfer-Encoding: gzip, chunked", "Expect: 200-ok", "Range: bytes=0-0,-1", "Range: bytes=-9999999999999",
      "If-Match: *",
      "If-Modified-Since: never", "Accept: */*;q=2", "Accept: text/html", "Accept: " + "a/b,".repeat(200), "Accept:",
      "Accept-Language: " + "x".repeat(2_000), "Accept-Charset: no-such",
      "Content-Type: application/json; charset=no-such",
      "Content-Type: /", "Content-Type: application/json, text/xml", "Content-Type: multipart/form-data",
      "Content-Type: application/x-java-serialized-object", "Content-Type: application/json;charset=utf-7",
      "Cookie: " + "a=b;".repeat(500), "Cookie: $Version=1; \u0001", "Upgrade: websocket", "Upgrade: h2c",
      "Connection: Upgrade",
      "HTTP2-Settings: AAAA", "Idempotency-Key: \u00ff", "Idempotency-Key: " + "k".repeat(2_000), "Idempotency-Key:",
      "X-Correlation-Id: \u0001\u0002", "X-Correlation-Id: " + "c".repeat(3_000), "X-Correlation-Id: ${jndi:ldap:x}",
      "Signature: sig=:AAAA:", "Signature-Input: sig=()", "Signature-Input: " + "(".repeat(2_000),
      "Content-Digest: sha-256=:AA==:",
      "DPoP: a.b.c", "DPoP: ", "DPoP: eyJ9..", "Origin: null", "Origin: \u0000",
      "Access-Control-Request-Method: \u0007", "TE: trailers",
      "Trailer: Authorization", "Via: 1.1 x\u000bX-Evil: 1", "X: a\rX-Evil: 1", "Bad Header: x", ": x", "X",
      "\u00e9: 1", " folded",
      "Proxy: http://127.0.0.1:1", "Authorization: Basic ZGVtbzpkZW1v", "Authorization: Digest x", "Authorization:",
      "Authorization: Bearer", "Authorization: Bearer ", "Authorization: bearer x", "Authorization: Bearer a b",
      "Authorization: Bearer ..", "Authorization: Bearer \u00ff", "Authorization: Bearer " + "A".repeat(10_000),
      "Authorization: Bearer eyJhbGciOiJub25lIn0.e30.");

  static final List<String> METHODS =
      List.of("PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "PROPFIND",
          "DEBUG", "get", "Post", "GETX", "X".repeat(300), "G\u0000T", "*");

  static final List<String> TYPES =
      List.of("text/plain", "application/xml", "text/xml", "application/x-ndjson", "text/csv",
          "application/octet-stream", "application/json;charset=utf-16", "application/vnd.api+json", "*/*", "a", "");

  private HostileWords() {}
}
