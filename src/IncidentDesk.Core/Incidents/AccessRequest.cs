using IncidentDesk.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Incidents;

/// <summary>Somebody asks to see an incident of whose key they have heard. It is kept whether there is such an incident or not, so that asking tells nothing.</summary>
public sealed class AccessRequest
{
    public const int MaxReasonLength = 500;
    public const int MaxKeyLength = 20;

    /// <summary>What nobody has decided by then lapses.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>Stands in the live feed for the requests: a page that shows those to decide watches it.</summary>
    public static readonly Guid FeedId = new("0acce550-0000-7000-8000-000000000001");

    public Guid Id { get; init; }
    public Guid PersonId { get; init; }
    public Person? Person { get; init; }

    /// <summary>As it was asked for, in capitals.</summary>
    public required string IncidentKey { get; init; }

    public required string Reason { get; init; }

    /// <summary>UTC.</summary>
    public DateTime AskedAt { get; init; }

    /// <summary>UTC; null while it is open.</summary>
    public DateTime? DecidedAt { get; set; }

    /// <summary>Null while it is open.</summary>
    public bool? IsGranted { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<AccessRequest>
    {
        public void Configure(EntityTypeBuilder<AccessRequest> b)
        {
            b.ToTable("AccessRequests");
            b.Property(r => r.IncidentKey).HasMaxLength(MaxKeyLength);
            b.Property(r => r.Reason).HasMaxLength(MaxReasonLength);
            b.HasIndex(r => new { r.IncidentKey, r.DecidedAt });
            b.HasIndex(r => r.PersonId);
            b.HasOne(r => r.Person).WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
