using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.People;

/// <summary>A person's authenticator app: a secret that it shares with the desk and from which both compute codes by the time (RFC 6238).</summary>
public sealed class Authenticator
{
    public Guid PersonId { get; init; }

    /// <summary>Readable with the desk's Data Protection keys only.</summary>
    public required string ProtectedSecret { get; set; }

    /// <summary>UTC, when a first code proved that the app has the secret; null before.</summary>
    public DateTime? ConfirmedAt { get; set; }

    /// <summary>The time step of the last code that was accepted; that code and older ones are refused.</summary>
    public long LastStep { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Authenticator>
    {
        public void Configure(EntityTypeBuilder<Authenticator> b)
        {
            b.ToTable("Authenticators");
            b.HasKey(a => a.PersonId);
            b.Property(a => a.PersonId).ValueGeneratedNever();
            b.HasOne<Person>().WithOne().HasForeignKey<Authenticator>(a => a.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>A code that stands in once for the authenticator.</summary>
public sealed class RecoveryCode
{
    public Guid Id { get; init; }
    public Guid PersonId { get; init; }

    /// <summary>See <see cref="Shared.Secret.Hash"/>.</summary>
    public required string Hash { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<RecoveryCode>
    {
        public void Configure(EntityTypeBuilder<RecoveryCode> b)
        {
            b.ToTable("RecoveryCodes");
            b.Property(c => c.Hash).HasMaxLength(64);
            b.HasIndex(c => new { c.PersonId, c.Hash }).IsUnique();
            b.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>A role of which administrators demand a second factor.</summary>
public sealed class SecondFactorRole
{
    public PersonRole Role { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<SecondFactorRole>
    {
        public void Configure(EntityTypeBuilder<SecondFactorRole> b)
        {
            b.ToTable("SecondFactorRoles");
            b.HasKey(r => r.Role);
        }
    }
}
