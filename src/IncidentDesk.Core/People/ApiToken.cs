using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.People;

/// <summary>What a token may be used for, within what its owner may do.</summary>
[Flags]
public enum TokenScopes
{
    None = 0,

    /// <summary>Read everything that its owner sees.</summary>
    Read = 1,

    /// <summary>Log, declare and change incidents, impacts, mitigations and the inventory.</summary>
    Log = 2,

    /// <summary>What administrators do.</summary>
    Administer = 4,
}

/// <summary>A bearer token that acts as its owner. Only its hash is kept; the token itself is shown once.</summary>
public sealed class ApiToken
{
    public const int MaxNameLength = 80;
    public const TokenScopes AllScopes = TokenScopes.Read | TokenScopes.Log | TokenScopes.Administer;
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(366);

    public Guid Id { get; init; }
    public Guid PersonId { get; init; }
    public Person? Person { get; init; }
    public required string Name { get; init; }

    /// <summary>See <see cref="Secret.Hash"/>.</summary>
    public required string Hash { get; init; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    public TokenScopes Scopes { get; init; }

    /// <summary>UTC.</summary>
    public DateTime ExpiresAt { get; init; }

    /// <summary>UTC, to the minute or so; null when never used.</summary>
    public DateTime? LastUsedAt { get; set; }

    /// <summary>UTC; null while it works.</summary>
    public DateTime? RevokedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ApiToken>
    {
        public void Configure(EntityTypeBuilder<ApiToken> b)
        {
            b.ToTable("ApiTokens");
            b.Property(t => t.Name).HasMaxLength(MaxNameLength);
            b.Property(t => t.Hash).HasMaxLength(64);
            b.HasIndex(t => t.Hash).IsUnique();
            b.HasOne(t => t.Person).WithMany().HasForeignKey(t => t.PersonId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
