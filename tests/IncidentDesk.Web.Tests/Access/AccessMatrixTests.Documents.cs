using System.Net;
using System.Text;

namespace IncidentDesk.Web.Tests.Access;

public sealed partial class AccessMatrixTests
{
    private static readonly Row[] OfDocuments =
    [
        new("GET /api/v1/incidents/{key}/postmortem/export", Needs.LogAsLeadership, HttpStatusCode.NotFound, key => Get($"{At(key)}/postmortem/export?number=99")),
        new("GET /api/v1/incidents/{key}/postmortem/preview", Needs.SeeIncident, HttpStatusCode.NotFound, key => Get($"{At(key)}/postmortem/preview?number=99")),
        new("GET /api/v1/incidents/{key}/reports/{number:int}/export", Needs.LogAsLeadership, HttpStatusCode.NotFound, key => Get($"{At(key)}/reports/99/export")),
        new("GET /api/v1/incidents/{key}/reports/{number:int}/preview", Needs.SeeIncident, HttpStatusCode.NotFound, key => Get($"{At(key)}/reports/99/preview")),
        new("GET /api/v1/incidents/{key}/exports", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/exports")),
        new("GET /api/v1/incidents/{key}/postmortem/redaction", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/postmortem/redaction")),
        new("PUT /api/v1/incidents/{key}/postmortem/redaction/terms/{id:guid}", Needs.Respond, HttpStatusCode.UnprocessableEntity, key => Put($"{At(key)}/postmortem/redaction/terms/{Guid.CreateVersion7()}", new { text = "", replacement = "x" })),
        new("DELETE /api/v1/incidents/{key}/postmortem/redaction/terms/{id:guid}", Needs.Respond, HttpStatusCode.NoContent, key => (HttpMethod.Delete, $"{At(key)}/postmortem/redaction/terms/{Guid.Empty}", null)),
        new("GET /api/v1/incidents/{key}/postmortem/findings", Needs.SeeIncident, HttpStatusCode.NotFound, key => Get($"{At(key)}/postmortem/findings")),
        new("POST /api/v1/incidents/{key}/postmortem/findings/accept", Needs.Respond, HttpStatusCode.UnprocessableEntity, key => Post($"{At(key)}/postmortem/findings/accept", new { audience = "internal", thing = "host-name", text = "x", reason = "x" })),
        new("GET /api/v1/postmortems", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/postmortems")),
        new("GET /api/v1/incidents/{key}/postmortem/review", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/postmortem/review")),
        new("PUT /api/v1/incidents/{key}/postmortem/reviewers", Needs.Respond, HttpStatusCode.UnprocessableEntity, key => Put($"{At(key)}/postmortem/reviewers", new { version = 99, people = Enumerable.Range(0, 21).Select(_ => Guid.NewGuid()) })),
        new("POST /api/v1/incidents/{key}/postmortem/state", Needs.LogAsLeadership, HttpStatusCode.UnprocessableEntity, key => Post($"{At(key)}/postmortem/state", new { version = 99, to = "draft", reason = "\u0001" })),
        new("POST /api/v1/incidents/{key}/postmortem/approval", Needs.LogAsLeadership, HttpStatusCode.UnprocessableEntity, key => Post($"{At(key)}/postmortem/approval", new { changes = 99, note = "\u0001" })),
        new("POST /api/v1/incidents/{key}/postmortem/final", Needs.Respond, HttpStatusCode.NotFound, key => Post($"{At(key)}/postmortem/final", new { version = 99 })),
        new("GET /api/v1/incidents/{key}/postmortem/{number:int}/verification", Needs.SeeIncident, HttpStatusCode.NotFound, key => Get($"{At(key)}/postmortem/99/verification")),
        new("GET /api/v1/incidents/{key}/reports/", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/reports")),
        new("POST /api/v1/incidents/{key}/reports/", Needs.Respond, HttpStatusCode.UnprocessableEntity, key => Post($"{At(key)}/reports", new { summary = "" })),
        new("GET /api/v1/incidents/{key}/reports/{number:int}/verification", Needs.SeeIncident, HttpStatusCode.NotFound, key => Get($"{At(key)}/reports/99/verification")),
        new("GET /api/v1/incidents/{key}/evidence.zip", Needs.Respond, HttpStatusCode.OK, key => Get($"{At(key)}/evidence.zip")),
        new("POST /api/v1/documents/import", Needs.Administer, HttpStatusCode.UnprocessableEntity, _ => (HttpMethod.Post, "/api/v1/documents/import", new StringContent("{}", Encoding.UTF8, "application/json"))),
        // This one begins the document that those after it speak of.
        new("POST /api/v1/incidents/{key}/postmortem/", Needs.Respond, HttpStatusCode.OK, key => Post($"{At(key)}/postmortem", new { language = "en" })),
        new("GET /api/v1/incidents/{key}/postmortem/", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/postmortem")),
        new("PATCH /api/v1/incidents/{key}/postmortem/", Needs.Respond, HttpStatusCode.Conflict, key => Patch($"{At(key)}/postmortem", new { version = 99, title = "x" })),
        new("POST /api/v1/incidents/{key}/postmortem/comments", Needs.LogAsLeadership, HttpStatusCode.UnprocessableEntity, key => Post($"{At(key)}/postmortem/comments", new { body = "" })),
        new("PUT /api/v1/incidents/{key}/postmortem/comments/{id:guid}/resolved", Needs.LogAsLeadership, HttpStatusCode.NotFound, key => Put($"{At(key)}/postmortem/comments/{Guid.Empty}/resolved", new { })),
        new("DELETE /api/v1/incidents/{key}/postmortem/comments/{id:guid}/resolved", Needs.LogAsLeadership, HttpStatusCode.NotFound, key => (HttpMethod.Delete, $"{At(key)}/postmortem/comments/{Guid.Empty}/resolved", null)),
        new("PUT /api/v1/incidents/{key}/postmortem/entries/{sequence:long}", Needs.Respond, HttpStatusCode.OK, key => Put($"{At(key)}/postmortem/entries/2", new { isInTimeline = true, visibility = (string?)null })),
        new("PUT /api/v1/incidents/{key}/postmortem/files/{id:guid}", Needs.Respond, HttpStatusCode.NotFound, key => Put($"{At(key)}/postmortem/files/{Guid.Empty}", new { visibility = "public" })),
        new("GET /api/v1/incidents/{key}/postmortem/changes", Needs.SeeIncident, HttpStatusCode.OK, key => Get($"{At(key)}/postmortem/changes")),
        new("POST /api/v1/incidents/{key}/postmortem/changes/seen", Needs.Respond, HttpStatusCode.OK, key => Post($"{At(key)}/postmortem/changes/seen", new { sequence = 1 })),
        new("POST /api/v1/incidents/{key}/postmortem/sections/", Needs.Respond, HttpStatusCode.UnprocessableEntity, key => Post($"{At(key)}/postmortem/sections", new { titleEn = "" })),
        new("PATCH /api/v1/incidents/{key}/postmortem/sections/{id:guid}", Needs.Respond, HttpStatusCode.NotFound, key => Patch($"{At(key)}/postmortem/sections/{Guid.Empty}", new { version = 1, body = "x" })),
        new("DELETE /api/v1/incidents/{key}/postmortem/sections/{id:guid}", Needs.Respond, HttpStatusCode.NotFound, key => (HttpMethod.Delete, $"{At(key)}/postmortem/sections/{Guid.Empty}", null)),
        new("POST /api/v1/incidents/{key}/postmortem/sections/{id:guid}/restore", Needs.Respond, HttpStatusCode.NotFound, key => Post($"{At(key)}/postmortem/sections/{Guid.Empty}/restore", new { })),
        new("PUT /api/v1/incidents/{key}/postmortem/sections/{id:guid}/position", Needs.Respond, HttpStatusCode.NotFound, key => Put($"{At(key)}/postmortem/sections/{Guid.Empty}/position", new { to = 0 })),
        new("GET /api/v1/incidents/{key}/postmortem/sections/{id:guid}/revisions", Needs.SeeIncident, HttpStatusCode.NotFound, key => Get($"{At(key)}/postmortem/sections/{Guid.Empty}/revisions")),
        new("POST /api/v1/incidents/{key}/postmortem/sections/{id:guid}/revisions/{number:int}/restore", Needs.Respond, HttpStatusCode.NotFound, key => Post($"{At(key)}/postmortem/sections/{Guid.Empty}/revisions/1/restore", new { version = 1 })),
        new("GET /api/v1/postmortem-templates/", Needs.Account, HttpStatusCode.OK, _ => Get("/api/v1/postmortem-templates")),
        new("PUT /api/v1/postmortem-templates/{id:guid}", Needs.Administer, HttpStatusCode.UnprocessableEntity, _ => Put($"/api/v1/postmortem-templates/{Guid.CreateVersion7()}", new { version = 0, nameEn = "x", nameEs = "x" })),
    ];
}
