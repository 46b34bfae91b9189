using System.Text.Json.Serialization;
using IncidentDesk.Assets;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Attacks;

/// <summary>What a magnitude or a measurement counts.</summary>
public enum TrafficUnit
{
    /// <summary>Bits per second.</summary>
    [JsonStringEnumMemberName("bps")] Bps,

    /// <summary>Packets per second.</summary>
    [JsonStringEnumMemberName("pps")] Pps,

    /// <summary>Requests per second.</summary>
    [JsonStringEnumMemberName("rps")] Rps,

    /// <summary>Connections open at once.</summary>
    [JsonStringEnumMemberName("connections")] Connections,

    /// <summary>Different source addresses.</summary>
    [JsonStringEnumMemberName("sources")] Sources,
}

/// <summary>What a magnitude is of the values that were measured.</summary>
public enum MagnitudeKind
{
    [JsonStringEnumMemberName("peak")] Peak,
    [JsonStringEnumMemberName("average")] Average,
}

/// <summary>A stretch of the attack with one vector and one set of targets. Waves overlap.</summary>
public sealed class AttackWave
{
    public const int MaxWhereLength = 200;
    public const int MaxTextLength = 8_000;
    public const int MaxListed = 500;

    /// <summary>Made by the client.</summary>
    public Guid Id { get; init; }
    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }

    /// <summary>1, 2, 3, … in the incident, in order of declaring.</summary>
    public int Number { get; init; }

    /// <summary>Of an <see cref="AttackVector"/>.</summary>
    public required string Vector { get; set; }

    /// <summary>UTC; null exactly when <see cref="FromPrecision"/> is <see cref="Precision.OrderOnly"/>.</summary>
    public DateTime? FromAt { get; set; }
    public Precision FromPrecision { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? ToAt { get; set; }

    /// <summary>Null while it goes on; <see cref="Precision.OrderOnly"/> when it is over and nobody knows since when.</summary>
    public Precision? ToPrecision { get; set; }

    /// <summary>Null when nothing was measured.</summary>
    public double? Magnitude { get; set; }
    public TrafficUnit? Unit { get; set; }
    public MagnitudeKind? MagnitudeKind { get; set; }

    /// <summary>Where it was measured: <c>uplink, inbound</c>, <c>balancer</c>, <c>by the upstream</c>.</summary>
    public string MeasuredAt { get; set; } = "";

    /// <summary>By what its traffic is recognised: a pattern, a header, a port, a filter expression.</summary>
    public string Signature { get; set; } = "";
    public string Notes { get; set; } = "";

    /// <summary>ISO 3166-1 alpha-2, of the sources.</summary>
    public List<string> Countries { get; set; } = [];

    /// <summary>Of the sources: autonomous systems and their names, as written (<c>AS64500 Example Net</c>).</summary>
    public List<string> Networks { get; set; } = [];

    /// <summary>The sources' addresses, folded; null for none.</summary>
    public IReadOnlyList<SourcePrefix>? Prefixes { get; set; }

    /// <summary>The defence that made the attackers change to this; null when it answers none, or none that is known.</summary>
    public Guid? AdaptedToId { get; set; }
    public Mitigation? AdaptedTo { get; init; }

    /// <summary>Declared by mistake: it counts for nothing.</summary>
    public bool IsWithdrawn { get; set; }

    /// <summary>UTC, of the record.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>Null for the desk itself.</summary>
    public Guid? CreatedById { get; init; }
    public required string CreatedByName { get; init; }

    /// <summary>Raised by each change.</summary>
    public int Version { get; set; } = 1;

    public List<WaveTarget> Targets { get; init; } = [];

    /// <summary>What was put up against it.</summary>
    public List<WaveDefence> Defences { get; init; } = [];

    public OccurrenceTime From => new(FromAt, FromPrecision);

    /// <summary>Null while it goes on.</summary>
    public OccurrenceTime? To => ToPrecision is { } precision ? new(ToAt, precision) : null;

    internal sealed class Configuration : IEntityTypeConfiguration<AttackWave>
    {
        public void Configure(EntityTypeBuilder<AttackWave> b)
        {
            b.ToTable("AttackWaves");
            b.Ignore(w => w.From);
            b.Ignore(w => w.To);
            b.Property(w => w.Vector).HasMaxLength(AttackVectors.MaxSlugLength);
            b.Property(w => w.MeasuredAt).HasMaxLength(MaxWhereLength);
            b.Property(w => w.Signature).HasMaxLength(MaxTextLength);
            b.Property(w => w.Notes).HasMaxLength(MaxTextLength);
            b.Property(w => w.Prefixes).HasConversion(EntryJson.Converter<IReadOnlyList<SourcePrefix>>());
            b.Property(w => w.CreatedByName).HasMaxLength(Person.MaxNameLength);
            b.Property(w => w.Version).IsConcurrencyToken();
            b.HasIndex(w => new { w.IncidentId, w.Number }).IsUnique();
            b.HasIndex(w => w.Vector);
            b.HasOne(w => w.Incident).WithMany().HasForeignKey(w => w.IncidentId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne(w => w.AdaptedTo).WithMany().HasForeignKey(w => w.AdaptedToId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>Sources folded to a network.</summary>
/// <param name="Prefix">In CIDR form: <c>203.0.113.0/24</c>, <c>2001:db8::/48</c>.</param>
/// <param name="Addresses">How many different addresses in it were given.</param>
public sealed record SourcePrefix(string Prefix, int Addresses);

/// <summary>An asset at which a wave is aimed.</summary>
public sealed class WaveTarget
{
    public Guid WaveId { get; init; }
    public AttackWave? Wave { get; init; }
    public Guid AssetId { get; init; }
    public Asset? Asset { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<WaveTarget>
    {
        public void Configure(EntityTypeBuilder<WaveTarget> b)
        {
            b.ToTable("WaveTargets");
            b.HasKey(t => new { t.WaveId, t.AssetId });
            b.HasOne(t => t.Wave).WithMany(w => w.Targets).HasForeignKey(t => t.WaveId).OnDelete(DeleteBehavior.Cascade);
            b.HasOne(t => t.Asset).WithMany().HasForeignKey(t => t.AssetId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A mitigation that was put up against a wave.</summary>
public sealed class WaveDefence
{
    public Guid WaveId { get; init; }
    public AttackWave? Wave { get; init; }
    public Guid MitigationId { get; init; }
    public Mitigation? Mitigation { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<WaveDefence>
    {
        public void Configure(EntityTypeBuilder<WaveDefence> b)
        {
            b.ToTable("WaveDefences");
            b.HasKey(d => new { d.WaveId, d.MitigationId });
            b.HasIndex(d => d.MitigationId);
            b.HasOne(d => d.Wave).WithMany(w => w.Defences).HasForeignKey(d => d.WaveId).OnDelete(DeleteBehavior.Cascade);
            b.HasOne(d => d.Mitigation).WithMany().HasForeignKey(d => d.MitigationId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
