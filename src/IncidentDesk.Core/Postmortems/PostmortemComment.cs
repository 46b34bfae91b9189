using IncidentDesk.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Postmortems;

/// <summary>What somebody says about the document: a remark, an answer to one, or a question for the review meeting. Never exported for members or the public.</summary>
public sealed class PostmortemComment
{
    public const int MaxBodyLength = 4_000;
    public const int MaxOfDocument = 1_000;

    /// <summary>Made by the client.</summary>
    public Guid Id { get; init; }
    public Guid PostmortemId { get; init; }
    public Postmortem? Postmortem { get; init; }

    /// <summary>Null for the document as a whole.</summary>
    public Guid? SectionId { get; init; }

    /// <summary>The first comment of the thread that this answers; null for one that begins a thread.</summary>
    public Guid? ReplyToId { get; init; }

    /// <summary>To be asked in the review meeting.</summary>
    public bool IsQuestion { get; init; }
    public required string Body { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }
    public Guid ById { get; init; }

    /// <summary>The name at that time.</summary>
    public required string ByName { get; init; }

    /// <summary>UTC, of the thread; null while it is open.</summary>
    public DateTime? ResolvedAt { get; set; }
    public string? ResolvedByName { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PostmortemComment>
    {
        public void Configure(EntityTypeBuilder<PostmortemComment> b)
        {
            b.ToTable("PostmortemComments");
            b.Property(c => c.Body).HasMaxLength(MaxBodyLength);
            b.Property(c => c.ByName).HasMaxLength(Person.MaxNameLength);
            b.Property(c => c.ResolvedByName).HasMaxLength(Person.MaxNameLength);
            b.HasIndex(c => c.PostmortemId);
            b.HasOne(c => c.Postmortem).WithMany().HasForeignKey(c => c.PostmortemId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne<PostmortemSection>().WithMany().HasForeignKey(c => c.SectionId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne<PostmortemComment>().WithMany().HasForeignKey(c => c.ReplyToId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne<Person>().WithMany().HasForeignKey(c => c.ById).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
