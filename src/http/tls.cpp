#include "http/tls.h"

#include <fcntl.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "http/server.h"

namespace http {

namespace {

struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(BIO* bio) const { BIO_free(bio); }
};

std::string last_fault() {
    std::string text;
    while (const unsigned long code = ERR_get_error()) {
        char line[160];
        ERR_error_string_n(code, line, sizeof line);
        if (!text.empty()) text += "; ";
        text += line;
    }
    return text;
}

class Filter final : public TlsFilter {
  public:
    explicit Filter(SSL_CTX* context) : ssl_(SSL_new(context)) {
        in_ = BIO_new(BIO_s_mem());
        out_ = BIO_new(BIO_s_mem());
        BIO_set_mem_eof_return(in_, -1);
        BIO_set_mem_eof_return(out_, -1);
        SSL_set_bio(ssl_.get(), in_, out_);
    }
    SSL* ssl() { return ssl_.get(); }

    bool receive(std::string_view bytes, std::string& plain, std::string& wire) override {
        ERR_clear_error();
        if (!bytes.empty() &&
            BIO_write(in_, bytes.data(), static_cast<int>(bytes.size())) != static_cast<int>(bytes.size()))
            return false;
        if (!is_ready_) {
            const int done = SSL_do_handshake(ssl_.get());
            take(wire);
            if (done != 1) return is_waiting(done);
            is_ready_ = true;
            read_certificate();
        }
        while (true) {
            char buffer[16 * 1024];
            const int count = SSL_read(ssl_.get(), buffer, sizeof buffer);
            if (count > 0) {
                plain.append(buffer, static_cast<std::size_t>(count));
                continue;
            }
            take(wire);
            if (SSL_get_error(ssl_.get(), count) == SSL_ERROR_ZERO_RETURN) {
                is_ended_ = true;
                return true;
            }
            return is_waiting(count);
        }
    }

    bool send(std::string_view plain, std::string& wire) override {
        ERR_clear_error();
        if (!plain.empty() &&
            SSL_write(ssl_.get(), plain.data(), static_cast<int>(plain.size())) != static_cast<int>(plain.size())) {
            fault_ = last_fault();
            return false;
        }
        take(wire);
        return true;
    }

    void close(std::string& wire) override {
        ERR_clear_error();
        if (is_ready_) SSL_shutdown(ssl_.get());
        take(wire);
    }

    bool is_ready() const override { return is_ready_; }
    bool is_ended() const override { return is_ended_; }
    std::string fault() const override { return fault_; }

    const std::string& peer_certificate() const override { return peer_certificate_; }

  private:
    bool is_waiting(int result) {
        const int why = SSL_get_error(ssl_.get(), result);
        if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) return true;
        fault_ = last_fault();
        return false;
    }
    void read_certificate() {
        const std::unique_ptr<X509, Free> certificate(SSL_get1_peer_certificate(ssl_.get()));
        if (!certificate || SSL_get_verify_result(ssl_.get()) != X509_V_OK) return;
        peer_certificate_.resize(static_cast<std::size_t>(i2d_X509(certificate.get(), nullptr)));
        auto* place = reinterpret_cast<unsigned char*>(peer_certificate_.data());
        i2d_X509(certificate.get(), &place);
    }
    void take(std::string& wire) {
        char* bytes = nullptr;
        const long count = BIO_get_mem_data(out_, &bytes);
        if (count <= 0) return;
        wire.append(bytes, static_cast<std::size_t>(count));
        BIO_reset(out_);
    }

    std::unique_ptr<SSL, Free> ssl_;
    BIO* in_ = nullptr;  // both belong to ssl_
    BIO* out_ = nullptr;
    bool is_ready_ = false;
    bool is_ended_ = false;
    std::string peer_certificate_;
    std::string fault_;
};

int choose_protocol(SSL*, const unsigned char** out, unsigned char* length, const unsigned char* offered, unsigned size,
                    void*) {
    static const unsigned char known[] = "\x08http/1.1";
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, length, known, sizeof known - 1, offered, size) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

class Context final : public TlsContext {
  public:
    explicit Context(const SSL_METHOD* method) : context_(SSL_CTX_new(method)) {
        SSL_CTX* context = context_.get();
        SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
        // Forward secrecy and authenticated encryption only (RFC 9325, 4.2); TLS 1.3 has nothing else.
        SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
        SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                         SSL_OP_PRIORITIZE_CHACHA);
        SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
        // A key under a password is refused; nobody sits at a server to type it.
        SSL_CTX_set_default_passwd_cb(context, [](char*, int, int, void*) { return 0; });
    }
    SSL_CTX* get() { return context_.get(); }

    std::unique_ptr<TlsFilter> accept() override {
        auto filter = std::make_unique<Filter>(context_.get());
        SSL_set_accept_state(filter->ssl());
        return filter;
    }
    std::unique_ptr<TlsFilter> connect(const std::string& host) override {
        auto filter = std::make_unique<Filter>(context_.get());
        SSL* ssl = filter->ssl();
        SSL_set_connect_state(ssl);
        X509_VERIFY_PARAM* check = SSL_get0_param(ssl);
        if (X509_VERIFY_PARAM_set1_ip_asc(check, host.c_str()) != 1) {
            ERR_clear_error();
            SSL_set_tlsext_host_name(ssl, host.c_str());
            SSL_set1_host(ssl, host.c_str());
        }
        return filter;
    }

    /// Loads a certificate chain and its key.
    Result<void> show(const std::string& certificate, const std::string& key) {
        const auto bad = [](const std::string& file) {
            Error error{ErrorCode::invalid, "http.bad_certificate", {}, {{"file", file}}};
            error.detail = last_fault();
            return std::unexpected(std::move(error));
        };
        if (SSL_CTX_use_certificate_chain_file(get(), certificate.c_str()) != 1) return bad(certificate);
        if (SSL_CTX_use_PrivateKey_file(get(), key.c_str(), SSL_FILETYPE_PEM) != 1) return bad(key);
        if (SSL_CTX_check_private_key(get()) != 1) return bad(key);
        return {};
    }
    Result<void> trust(const std::string& authorities) {
        if (SSL_CTX_load_verify_file(get(), authorities.c_str()) == 1) return {};
        Error error{ErrorCode::invalid, "http.bad_certificate", {}, {{"file", authorities}}};
        error.detail = last_fault();
        return std::unexpected(std::move(error));
    }

  private:
    std::unique_ptr<SSL_CTX, Free> context_;
};

bool add_extension(X509* certificate, int kind, const std::string& value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
    const bool is_added = extension && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return is_added;
}

bool is_address(const std::string& name) {
    ASN1_OCTET_STRING* address = a2i_IPADDRESS(name.c_str());
    ASN1_OCTET_STRING_free(address);
    return address != nullptr;
}

/// A PEM file that only its owner reads.
std::unique_ptr<BIO, Free> new_file(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    return std::unique_ptr<BIO, Free>(descriptor < 0 ? nullptr : BIO_new_fd(descriptor, BIO_CLOSE));
}

}  // namespace

Result<void> make_self_signed(const TlsFiles& files, const std::vector<std::string>& names, int days) {
    const std::unique_ptr<EVP_PKEY, Free> key(EVP_EC_gen("P-256"));
    const std::unique_ptr<X509, Free> certificate(X509_new());
    std::string listed;
    for (const std::string& name : names)
        listed += (listed.empty() ? "" : ",") + std::string(is_address(name) ? "IP:" : "DNS:") + name;
    X509* made = certificate.get();
    X509_set_version(made, X509_VERSION_3);
    std::uint64_t serial = 0;
    RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(made), serial >> 1);
    X509_gmtime_adj(X509_getm_notBefore(made), -3600);
    X509_gmtime_adj(X509_getm_notAfter(made), 86400L * days);
    X509_NAME* subject = X509_get_subject_name(made);
    const auto* common = reinterpret_cast<const unsigned char*>(names.empty() ? "congvu" : names[0].c_str());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, common, -1, -1, 0);
    X509_set_issuer_name(made, subject);
    bool is_fine = key && X509_set_pubkey(made, key.get()) == 1 && add_extension(made, NID_subject_alt_name, listed) &&
                   add_extension(made, NID_basic_constraints, "critical,CA:TRUE") &&
                   X509_sign(made, key.get(), EVP_sha256()) > 0;
    const auto key_file = new_file(files.key);
    const auto certificate_file = new_file(files.certificate);
    is_fine = is_fine && key_file && certificate_file &&
              PEM_write_bio_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1 &&
              PEM_write_bio_X509(certificate_file.get(), made) == 1;
    if (!is_fine) return fail_internal("self-signed certificate: " + last_fault());
    return {};
}

Result<std::shared_ptr<TlsContext>> TlsContext::server(const TlsFiles& files) {
    auto context = std::make_shared<Context>(TLS_server_method());
    TRY(context->show(files.certificate, files.key));
    static const unsigned char name[] = "congvu";
    SSL_CTX_set_session_id_context(context->get(), name, sizeof name - 1);
    // Tickets hold the sessions; a cache here would only hold memory.
    SSL_CTX_set_session_cache_mode(context->get(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context->get(), 2);
    SSL_CTX_set_alpn_select_cb(context->get(), choose_protocol, nullptr);
    if (!files.client_authorities.empty()) {
        TRY(context->trust(files.client_authorities));
        SSL_CTX_set_client_CA_list(context->get(), SSL_load_client_CA_file(files.client_authorities.c_str()));
        SSL_CTX_set_verify(context->get(), SSL_VERIFY_PEER, nullptr);
    }
    return context;
}

Result<std::shared_ptr<TlsContext>> TlsContext::client(const TlsTrust& trust) {
    auto context = std::make_shared<Context>(TLS_client_method());
    if (trust.authorities.empty())
        SSL_CTX_set_default_verify_paths(context->get());
    else
        TRY(context->trust(trust.authorities));
    if (!trust.certificate.empty()) TRY(context->show(trust.certificate, trust.key));
    SSL_CTX_set_verify(context->get(), SSL_VERIFY_PEER, nullptr);
    return context;
}

}  // namespace http
