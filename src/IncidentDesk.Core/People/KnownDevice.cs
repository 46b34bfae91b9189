using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.People;

/// <summary>A browser on which a person has signed in before. Attempts from it are counted by themselves, so that strangers cannot use up its owner's.</summary>
/// <remarks>The device cookies of the OWASP (Slow Down Online Guessing Attacks with Device Cookies).</remarks>
public sealed class KnownDevice
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    public Guid Id { get; init; }
    public Guid PersonId { get; init; }

    /// <summary>See <see cref="Secret.Hash"/>. Of one browser; several people may use it.</summary>
    public required string KeyHash { get; init; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTime ExpiresAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<KnownDevice>
    {
        public void Configure(EntityTypeBuilder<KnownDevice> b)
        {
            b.ToTable("KnownDevices");
            b.Property(d => d.KeyHash).HasMaxLength(64);
            b.HasIndex(d => new { d.KeyHash, d.PersonId }).IsUnique();
            b.HasIndex(d => d.PersonId);
            b.HasOne<Person>().WithMany().HasForeignKey(d => d.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
