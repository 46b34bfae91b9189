using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Mitigations;

/// <summary>A sort of defence. The first ones are the field's common practice; administrators add their own.</summary>
public sealed class MitigationKind
{
    public const int MaxSlugLength = 40;
    public const int MaxNameLength = 100;

    /// <summary>Lower case letters, digits and <c>-</c>.</summary>
    public required string Slug { get; init; }
    public required string NameEn { get; set; }
    public required string NameEs { get; set; }

    /// <summary>Who applies such a one as a rule.</summary>
    public MitigationActor Actor { get; set; }

    /// <summary>It gives the attackers what they want for the target, to save the rest.</summary>
    public bool SacrificesTarget { get; set; }

    /// <summary>UTC; null while it is offered.</summary>
    public DateTime? RetiredAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<MitigationKind>
    {
        public void Configure(EntityTypeBuilder<MitigationKind> b)
        {
            b.ToTable("MitigationKinds");
            b.HasKey(k => k.Slug);
            b.Property(k => k.Slug).HasMaxLength(MaxSlugLength);
            b.Property(k => k.NameEn).HasMaxLength(MaxNameLength);
            b.Property(k => k.NameEs).HasMaxLength(MaxNameLength);
            b.HasData(
            Kind("rtbh", "Remote-triggered blackhole", "Agujero negro remoto (RTBH)", MitigationActor.Upstream, sacrificesTarget: true),
            Kind("flowspec", "BGP Flowspec rule", "Regla BGP Flowspec", MitigationActor.Upstream),
            Kind("upstream-acl", "Upstream ACL or policer", "ACL o limitador del proveedor de tránsito", MitigationActor.Upstream),
            Kind("scrubbing", "Scrubbing centre", "Centro de limpieza de tráfico", MitigationActor.Vendor),
            Kind("bgp-move", "Move announcement to another carrier", "Mover el anuncio a otro proveedor", MitigationActor.Own),
            Kind("reverse-proxy", "Put behind proxy or CDN (Deflect, Project Shield, Galileo …)", "Poner detrás de un proxy o CDN (Deflect, Project Shield, Galileo…)", MitigationActor.Vendor),
            Kind("cache", "Static or cached copy", "Copia estática o en caché", MitigationActor.Own),
            Kind("waf-rule", "WAF or pattern rule", "Regla de WAF o por patrón", MitigationActor.Own),
            Kind("rate-limit", "Rate limit", "Límite de tasa", MitigationActor.Own),
            Kind("js-challenge", "JavaScript or proof-of-work challenge", "Desafío de JavaScript o prueba de trabajo", MitigationActor.Own),
            Kind("geo-block", "Geo block", "Bloqueo por país", MitigationActor.Own),
            Kind("ip-block", "Block source addresses", "Bloqueo de direcciones de origen", MitigationActor.Own),
            Kind("fail2ban", "Log-driven ban (fail2ban, Banjax)", "Bloqueo a partir de logs (fail2ban, Banjax)", MitigationActor.Own),
            Kind("disable-feature", "Turn a feature off (XML-RPC, search, sign-up)", "Apagar una función (XML-RPC, búsqueda, registro)", MitigationActor.Own),
            Kind("site-offline", "Take the target site off line", "Sacar de línea el sitio atacado", MitigationActor.Own),
            Kind("move-site", "Move site to another server", "Mover el sitio a otro servidor", MitigationActor.Own),
            Kind("ip-change", "Change IP address", "Cambiar la dirección IP", MitigationActor.Own),
            Kind("dns-change", "Change DNS records", "Cambiar registros DNS", MitigationActor.Own),
            Kind("dns-ttl", "Lower DNS TTL", "Bajar el TTL de DNS", MitigationActor.Own),
            Kind("dns-relocate", "Move name servers to a stronger site or secondary DNS", "Mover los servidores de nombres a un sitio más fuerte o DNS secundario", MitigationActor.Own),
            Kind("syn-cookies", "SYN cookies", "SYN cookies", MitigationActor.Own),
            Kind("kernel-tuning", "Kernel tuning", "Ajustes del kernel", MitigationActor.Own),
            Kind("capacity", "Add capacity or bandwidth", "Agregar capacidad o ancho de banda", MitigationActor.Upstream),
            Kind("mail-relay", "Move or filter mail relay", "Mover o filtrar el relay de correo", MitigationActor.Own),
            Kind("other", "Other", "Otra", MitigationActor.Own));
        }

        private static MitigationKind Kind(string slug, string en, string es, MitigationActor actor, bool sacrificesTarget = false) =>
            new() { Slug = slug, NameEn = en, NameEs = es, Actor = actor, SacrificesTarget = sacrificesTarget };
    }
}
