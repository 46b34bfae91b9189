namespace IncidentDesk.Import;

/// <summary>What a line says in so many words. All texts are folded; what is not found here is not plain.</summary>
internal static class SourcePhrases
{
    private static readonly (string Kind, string[] Phrases)[] Defences =
    [
        ("rtbh", ["null-rout", "null rout", "blackhol", "black hole", "agujero negro"]),
        ("flowspec", ["flowspec"]),
        ("upstream-acl", ["upstream filter", "filtered upstream", "upstream acl"]),
        ("scrubbing", ["scrubbing", "limpieza de trafico"]),
        ("bgp-move", ["bgp announcement", "anuncio bgp", "anuncios bgp"]),
        ("reverse-proxy", ["through deflect", "behind deflect", "detras de deflect", "project shield", "galileo", "cloudflare", "reverse proxy", "proxy inverso", "protection service"]),
        ("cache", ["cached copy", "static copy", "copia estatica"]),
        ("waf-rule", ["waf rule", "regla de waf"]),
        ("rate-limit", ["rate limit", "rate-limit", "throttling", "limite de tasa"]),
        ("js-challenge", ["js challenge", "javascript challenge", "proof of work", "prueba de trabajo"]),
        ("geo-block", ["geo block", "geo-block", "bloqueo por pais"]),
        ("ip-block", ["blocked by ip", "ip block", "bloqueo por ip", "bloqueo de direcciones"]),
        ("fail2ban", ["fail2ban", "banjax"]),
        ("site-offline", ["site taken offline", "site taken off line"]),
        ("ip-change", ["ip rotated", "ip changed", "ip address changed"]),
        ("dns-change", ["dns records changed", "dns changed"]),
        ("dns-relocate", ["name servers moved", "dns moved", "secondary dns"]),
        ("syn-cookies", ["syn cookies"]),
        ("mail-relay", ["mail relay", "relay de correo"]),
    ];

    /// <summary>Slugs of the kinds of defences that a text names.</summary>
    public static IReadOnlyList<string> DefencesIn(string text) => [.. Defences.Where(d => Says(text, d.Phrases)).Select(d => d.Kind)];

    public static bool AsksForIt(string text) => Says(text, "mitigation requested", "mitigacion solicitada", "se solicito");

    public static bool ChangesIt(string text) => Says(text, "updated", "corrected", "adjusted", "actualizada", "ajustada", "corregida");

    public static bool IsFelt(string text) => !Says(text, "no impact", "before impact", "stays up", "sin impacto") && (IsDown(text) || IsSlow(text) || Says(text, "saturat", "affected", "afectad"));

    public static bool IsDown(string text) => Says(text, "unavailable", "outage", "offline", "off line", "went down", "goes down", "is down", "cripple", "paralys", "fuera de linea", "caida", "caido");

    public static bool IsPartly(string text) => Says(text, "partial", "intermittent", "parcial", "intermitente");

    public static bool IsSlow(string text) => Says(text, "latency", "packet loss", "degrad", "slow", "latencia", "lento", "perdida de paquetes");

    public static bool IsTarget(string text) => Says(text, "target", "attack on", "attack against", "ataque a", "ataque contra", "blanco");

    public static bool IsCollateral(string text) => Says(text, "collateral", "colateral");

    public static bool IsPublic(string text) => Says(text, "public", "press release", "status page", "status:", "statement", "blog", "comunicado", "boletin de prensa");

    public static bool IsAll(string text) => Says(text, "all systems", "all services", "all servers", "everything", "full recovery", "todos los s", "todo de vuelta");

    public static bool IsMitigated(string text) => Says(text, "mitigated", "impact stops", "outage ends", "packet loss gone", "mitigado");

    private static bool Says(string text, params string[] phrases) => Array.Exists(phrases, p => text.Contains(p, StringComparison.Ordinal));
}
