using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace IncidentDesk.Attacks;

/// <summary>What an attack vector wears out, as CISA and the field group them.</summary>
public enum VectorFamily
{
    /// <summary>The bandwidth.</summary>
    [JsonStringEnumMemberName("volumetric")] Volumetric,

    /// <summary>The tables and the processor of what forwards packets and keeps connections.</summary>
    [JsonStringEnumMemberName("protocol")] Protocol,

    /// <summary>The application that answers.</summary>
    [JsonStringEnumMemberName("application")] Application,

    /// <summary>Somebody else on whom we depend.</summary>
    [JsonStringEnumMemberName("collateral")] Collateral,
    [JsonStringEnumMemberName("unknown")] Unknown,
}

/// <summary>How an attack works.</summary>
/// <param name="Layer">Of the OSI model: <c>L3</c>, <c>L4</c>, <c>L6</c>, <c>L7</c>; empty when not known.</param>
/// <param name="AttackId">The MITRE ATT&amp;CK technique that fits best: T1498 (network denial of service), T1499 (endpoint denial of service) or one below them.</param>
public sealed record AttackVector(string Slug, string NameEn, string NameEs, string Layer, string AttackId, VectorFamily Family);

/// <summary>The vectors that the desk knows.</summary>
/// <remarks>The names are the field's; which ATT&amp;CK technique fits is a judgement, for ATT&amp;CK does not list vectors.</remarks>
public static class AttackVectors
{
    public const int MaxSlugLength = 40;
    public const string Unknown = "unknown";

    public static readonly IReadOnlyList<AttackVector> All =
    [
        new("udp-flood", "UDP flood", "Inundación UDP", "L4", "T1498.001", VectorFamily.Volumetric),
        new("icmp-flood", "ICMP flood", "Inundación ICMP", "L3", "T1498.001", VectorFamily.Volumetric),
        new("gre-flood", "GRE flood", "Inundación GRE", "L3", "T1498.001", VectorFamily.Volumetric),
        new("ip-fragment-flood", "IP fragment flood", "Inundación de fragmentos IP", "L3", "T1498.001", VectorFamily.Volumetric),
        new("dns-amplification", "DNS amplification", "Amplificación DNS", "L4", "T1498.002", VectorFamily.Volumetric),
        new("ntp-amplification", "NTP amplification", "Amplificación NTP", "L4", "T1498.002", VectorFamily.Volumetric),
        new("memcached-amplification", "memcached amplification (UDP 11211)", "Amplificación memcached (UDP 11211)", "L4", "T1498.002", VectorFamily.Volumetric),
        new("ssdp-amplification", "SSDP amplification", "Amplificación SSDP", "L4", "T1498.002", VectorFamily.Volumetric),
        new("cldap-amplification", "CLDAP amplification", "Amplificación CLDAP", "L4", "T1498.002", VectorFamily.Volumetric),
        new("chargen-amplification", "CHARGEN amplification", "Amplificación chargen", "L4", "T1498.002", VectorFamily.Volumetric),
        new("snmp-amplification", "SNMP amplification", "Amplificación SNMP", "L4", "T1498.002", VectorFamily.Volumetric),
        new("carpet-bombing", "Carpet bombing (many addresses of a prefix)", "Bombardeo en alfombra (muchas direcciones de un prefijo)", "L3", "T1498.001", VectorFamily.Volumetric),
        new("infrastructure-ip", "Attack on router / carrier link IPs", "Ataque a las IP de routers o enlaces de tránsito", "L3", "T1498.001", VectorFamily.Volumetric),
        new("syn-flood", "TCP SYN flood", "Inundación TCP SYN", "L4", "T1499.001", VectorFamily.Protocol),
        new("ack-flood", "TCP ACK flood", "Inundación TCP ACK", "L4", "T1499.001", VectorFamily.Protocol),
        new("conn-exhaustion", "Connection table exhaustion", "Agotamiento de la tabla de conexiones", "L4", "T1499.001", VectorFamily.Protocol),
        new("slowloris", "Slowloris (slow headers)", "Slowloris (encabezados lentos)", "L7", "T1499.002", VectorFamily.Application),
        new("slow-post", "Slow POST / R-U-Dead-Yet", "POST lento / R-U-Dead-Yet", "L7", "T1499.002", VectorFamily.Application),
        new("slow-read", "Slow read", "Lectura lenta", "L7", "T1499.002", VectorFamily.Application),
        new("tls-renegotiation", "TLS handshake / renegotiation flood", "Inundación de handshakes o renegociaciones TLS", "L6", "T1499.002", VectorFamily.Application),
        new("http2-rapid-reset", "HTTP/2 Rapid Reset", "HTTP/2 Rapid Reset", "L7", "T1499.002", VectorFamily.Application),
        new("http-get-flood", "HTTP GET flood", "Inundación HTTP GET", "L7", "T1499.002", VectorFamily.Application),
        new("http-post-flood", "HTTP POST flood", "Inundación HTTP POST", "L7", "T1499.002", VectorFamily.Application),
        new("http-cache-bust", "HTTP flood with cache-busting parameters", "Inundación HTTP que evade la caché", "L7", "T1499.003", VectorFamily.Application),
        new("expensive-url", "Expensive page / search flood", "Inundación a páginas o búsquedas costosas", "L7", "T1499.003", VectorFamily.Application),
        new("wp-pingback", "WordPress XML-RPC pingback reflection", "Reflexión por pingback XML-RPC de WordPress", "L7", "T1498.002", VectorFamily.Application),
        new("xmlrpc-login", "XML-RPC / login flood", "Inundación de XML-RPC o de inicios de sesión", "L7", "T1499.003", VectorFamily.Application),
        new("browser-hijack", "Injected-script browsers (man-on-the-side)", "Navegadores con script inyectado (man-on-the-side)", "L7", "T1499.002", VectorFamily.Application),
        new("dns-query-flood", "DNS query flood", "Inundación de consultas DNS", "L7", "T1499.002", VectorFamily.Application),
        new("dns-water-torture", "DNS water torture (random subdomains)", "DNS water torture (subdominios al azar)", "L7", "T1499.002", VectorFamily.Application),
        new("smtp-flood", "SMTP connection flood", "Inundación de conexiones SMTP", "L7", "T1499.002", VectorFamily.Application),
        new("mail-bomb", "Mail bomb / list subscription bomb", "Bomba de correo o de suscripciones a listas", "L7", "T1499.003", VectorFamily.Application),
        new("form-abuse", "Fake donations / sign-ups", "Donativos o registros falsos", "L7", "T1499.003", VectorFamily.Application),
        new("upstream", "Attack on upstream or data centre", "Ataque al proveedor de tránsito o al centro de datos", "L3", "T1498", VectorFamily.Collateral),
        new("unknown", "Not known", "Desconocido", "", "T1498", VectorFamily.Unknown),
    ];

    private static readonly FrozenDictionary<string, AttackVector> BySlug = All.ToFrozenDictionary(v => v.Slug, StringComparer.OrdinalIgnoreCase);

    /// <summary>Null when there is none of that name.</summary>
    public static AttackVector? Find(string? slug) => slug is not null && BySlug.TryGetValue(slug.Trim(), out var vector) ? vector : null;
}
