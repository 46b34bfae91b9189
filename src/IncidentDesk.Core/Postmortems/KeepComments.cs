using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Postmortems;

/// <summary>Comments on a document: of those who write, of leadership and of its reviewers.</summary>
public sealed class KeepComments(PostmortemWriter writer)
{
    /// <param name="Id">Made by the client, so that a repeated request says it once.</param>
    /// <param name="SectionId">Null for the document as a whole; an answer stands where its thread does.</param>
    /// <param name="ReplyToId">The comment that began the thread.</param>
    /// <param name="IsQuestion">To be asked in the review meeting.</param>
    public sealed record New(string IncidentKey, Guid Id, string? Body, Guid? SectionId = null, Guid? ReplyToId = null, bool IsQuestion = false);

    public sealed record Resolve(string IncidentKey, Guid CommentId, bool IsResolved);

    public Task<Result<PostmortemComment>> AddAsync(New command, Actor actor, CancellationToken ct) => writer.CommentAsync<PostmortemComment>(command.IncidentKey, actor, async write =>
    {
        if (command.Id == Guid.Empty) return new Invalid(nameof(command.Id), "Postmortem.IdMissing");
        if (!TextRules.Lines(nameof(command.Body), command.Body, PostmortemComment.MaxBodyLength).TryGet(out var body, out var error)) return error;
        var (db, postmortemId) = (write.Db, write.Postmortem.Id);
        // Of any document, whoever may see it: an id is taken or it is not.
        if (await db.PostmortemComments.IgnoreQueryFilters().AsNoTracking().FirstOrDefaultAsync(c => c.Id == command.Id, ct) is { } earlier)
            return earlier.PostmortemId == postmortemId && earlier.ById == write.Member.Id && earlier.Body == body ? earlier : new Invalid(nameof(command.Id), "Postmortem.IdTaken");

        var sectionId = command.SectionId;
        if (command.ReplyToId is { } replyTo)
        {
            var thread = await db.PostmortemComments.AsNoTracking().FirstOrDefaultAsync(c => c.Id == replyTo && c.PostmortemId == postmortemId && c.ReplyToId == null, ct);
            if (thread is null) return new Invalid(nameof(command.ReplyToId), "Postmortem.CommentNotFound");
            sectionId = thread.SectionId;
        }
        else if (sectionId is { } id && !(await write.SectionAsync(id, ct)).TryGet(out _, out error)) return error;
        if (await db.PostmortemComments.CountAsync(c => c.PostmortemId == postmortemId, ct) >= PostmortemComment.MaxOfDocument) return new Invalid(null, "Postmortem.TooManyComments", PostmortemComment.MaxOfDocument);

        var comment = new PostmortemComment
        {
            Id = command.Id,
            PostmortemId = postmortemId,
            SectionId = sectionId,
            ReplyToId = command.ReplyToId,
            IsQuestion = command.IsQuestion && command.ReplyToId is null,
            Body = body,
            At = write.Now,
            ById = write.Member.Id,
            ByName = write.Member.Name,
        };
        db.PostmortemComments.Add(comment);
        return comment;
    }, ct);

    /// <summary>Says that a thread is settled, or opens it again.</summary>
    /// <returns>The comment that began the thread.</returns>
    public Task<Result<PostmortemComment>> ResolveAsync(Resolve command, Actor actor, CancellationToken ct) => writer.CommentAsync<PostmortemComment>(command.IncidentKey, actor, async write =>
    {
        var thread = await write.Db.PostmortemComments.FirstOrDefaultAsync(c => c.Id == command.CommentId && c.PostmortemId == write.Postmortem.Id && c.ReplyToId == null, ct);
        if (thread is null) return new NotFound("Postmortem.CommentNotFound");
        if (command.IsResolved == (thread.ResolvedAt is not null)) return thread;
        (thread.ResolvedAt, thread.ResolvedByName) = (command.IsResolved ? write.Now : null, command.IsResolved ? write.Member.Name : null);
        return thread;
    }, ct);
}
