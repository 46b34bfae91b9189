using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Assets;

/// <summary>What sort of thing can be hit.</summary>
public enum AssetKind { Uplink, Server, Service, MemberSite }

/// <summary>Something that can be hit: an uplink, a server, a service, a member's site.</summary>
public sealed class Asset
{
    public const int MaxNameLength = 200;
    public const int MaxServiceLength = 40;
    public const int MaxNotesLength = 4_000;

    public Guid Id { get; init; }
    public AssetKind Kind { get; init; }

    /// <summary>What people type after <c>#</c>: letters, digits and <c>. - _ : /</c>, no blanks. Unique without regard to case and accents, retired ones included.</summary>
    public required string Name { get; set; }

    /// <summary><see cref="Name"/> by <see cref="Folding.Fold"/>.</summary>
    public required string FoldedName { get; set; }

    /// <summary>What a service is: <c>web</c>, <c>mail</c>, <c>dns</c>, …; empty for the other kinds.</summary>
    public string Service { get; set; } = "";

    /// <summary>Whose it is; null for the provider's own.</summary>
    public Guid? MemberId { get; set; }
    public Member? Member { get; set; }
    public string Notes { get; set; } = "";

    /// <summary>The name was made up for an example.</summary>
    public bool IsInvented { get; set; }

    /// <summary>UTC; null while it is in use. Kept for history.</summary>
    public DateTime? RetiredAt { get; set; }

    /// <summary>Raised by each change.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Aliases, host names and addresses.</summary>
    public List<AssetName> Names { get; init; } = [];

    /// <summary>What it sits on or behind.</summary>
    public List<AssetLink> SitsOn { get; init; } = [];

    internal sealed class Configuration : IEntityTypeConfiguration<Asset>
    {
        public void Configure(EntityTypeBuilder<Asset> b)
        {
            b.ToTable("Assets");
            b.Property(a => a.Name).HasMaxLength(MaxNameLength);
            b.Property(a => a.FoldedName).HasMaxLength(MaxNameLength);
            b.Property(a => a.Service).HasMaxLength(MaxServiceLength);
            b.Property(a => a.Notes).HasMaxLength(MaxNotesLength);
            b.Property(a => a.Version).IsConcurrencyToken();
            b.HasIndex(a => a.FoldedName).IsUnique();
            b.HasOne(a => a.Member).WithMany().HasForeignKey(a => a.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>How else an asset is known.</summary>
public enum AssetNameKind { Alias, HostName, Address }

/// <summary>An alias, a host name or an address of an asset, so that an alert or a pasted log line finds it. Several assets may share one.</summary>
public sealed class AssetName
{
    public Guid AssetId { get; init; }
    public AssetNameKind Kind { get; init; }

    /// <summary>As written; an address in its canonical form, a network as <c>198.51.100.0/24</c>.</summary>
    public required string Text { get; init; }
    public required string Folded { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AssetName>
    {
        public void Configure(EntityTypeBuilder<AssetName> b)
        {
            b.ToTable("AssetNames");
            b.HasKey(n => new { n.AssetId, n.Kind, n.Folded });
            b.Property(n => n.Text).HasMaxLength(Asset.MaxNameLength);
            b.Property(n => n.Folded).HasMaxLength(Asset.MaxNameLength);
            b.HasIndex(n => n.Folded);
            b.HasOne<Asset>().WithMany(a => a.Names).HasForeignKey(n => n.AssetId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>One asset sits on or behind another. There are no circles.</summary>
public sealed class AssetLink
{
    public Guid AssetId { get; init; }
    public Guid OnId { get; init; }
    public Asset? On { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AssetLink>
    {
        public void Configure(EntityTypeBuilder<AssetLink> b)
        {
            b.ToTable("AssetLinks");
            b.HasKey(l => new { l.AssetId, l.OnId });
            b.HasIndex(l => l.OnId);
            b.HasOne<Asset>().WithMany(a => a.SitsOn).HasForeignKey(l => l.AssetId).OnDelete(DeleteBehavior.Cascade);
            b.HasOne(l => l.On).WithMany().HasForeignKey(l => l.OnId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
