using IncidentDesk.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.History;

/// <summary>A question to the list of incidents that somebody keeps by a name of their own.</summary>
public sealed class SavedView
{
    public const int MaxNameLength = 60;
    public const int MaxQueryLength = 1_000;

    /// <summary>Of one person.</summary>
    public const int MaxCount = 50;

    public Guid Id { get; init; }
    public Guid PersonId { get; init; }
    public required string Name { get; set; }

    /// <summary>The part of the list's address after the question mark.</summary>
    public required string Query { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<SavedView>
    {
        public void Configure(EntityTypeBuilder<SavedView> b)
        {
            b.ToTable("SavedViews");
            b.Property(v => v.Name).HasMaxLength(MaxNameLength);
            b.Property(v => v.Query).HasMaxLength(MaxQueryLength);
            b.HasIndex(v => v.PersonId);
            b.HasOne<Person>().WithMany().HasForeignKey(v => v.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
