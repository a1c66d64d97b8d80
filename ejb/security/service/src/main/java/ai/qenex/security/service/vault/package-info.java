/** The data keys of tenants in table {@code security.tenant_key}, and ciphers over them. */
package ai.qenex.security.service.vault;
