using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace IncidentDesk.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Postmortems : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "MayBeNamed",
                table: "Members",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "AcceptedLeaks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IncidentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Audience = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Thing = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Subject = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ById = table.Column<Guid>(type: "uuid", nullable: false),
                    ByName = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AcceptedLeaks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AcceptedLeaks_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AcceptedLeaks_People_ById",
                        column: x => x.ById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DocumentExports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IncidentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Audience = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Format = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ById = table.Column<Guid>(type: "uuid", nullable: true),
                    ByName = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DocumentExports", x => x.Id);
                    table.ForeignKey(
                        name: "FK_DocumentExports_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FrozenDocuments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IncidentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Audience = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    MadeAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    MadeById = table.Column<Guid>(type: "uuid", nullable: false),
                    MadeByName = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    NextDueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Json = table.Column<string>(type: "text", nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FrozenDocuments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FrozenDocuments_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FrozenDocuments_People_MadeById",
                        column: x => x.MadeById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Postmortems",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IncidentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    SeenSequence = table.Column<long>(type: "bigint", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    CreatedById = table.Column<Guid>(type: "uuid", nullable: false),
                    CreatedByName = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Changes = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Postmortems", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Postmortems_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Postmortems_People_CreatedById",
                        column: x => x.CreatedById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PostmortemTemplates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    NameEn = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    NameEs = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    Sections = table.Column<string>(type: "text", nullable: false),
                    RetiredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PostmortemTemplates", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Pseudonyms",
                columns: table => new
                {
                    IncidentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Thing = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Subject = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Pseudonyms", x => new { x.IncidentId, x.Thing, x.Subject });
                    table.ForeignKey(
                        name: "FK_Pseudonyms_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "RedactionTerms",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IncidentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Text = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Replacement = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RedactionTerms", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RedactionTerms_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ChosenEntries",
                columns: table => new
                {
                    PostmortemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    IsInTimeline = table.Column<bool>(type: "boolean", nullable: false),
                    Visibility = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    Wording = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChosenEntries", x => new { x.PostmortemId, x.Sequence });
                    table.ForeignKey(
                        name: "FK_ChosenEntries_Postmortems_PostmortemId",
                        column: x => x.PostmortemId,
                        principalTable: "Postmortems",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ChosenFiles",
                columns: table => new
                {
                    PostmortemId = table.Column<Guid>(type: "uuid", nullable: false),
                    AttachmentId = table.Column<Guid>(type: "uuid", nullable: false),
                    Visibility = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Caption = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChosenFiles", x => new { x.PostmortemId, x.AttachmentId });
                    table.ForeignKey(
                        name: "FK_ChosenFiles_Attachments_AttachmentId",
                        column: x => x.AttachmentId,
                        principalTable: "Attachments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ChosenFiles_Postmortems_PostmortemId",
                        column: x => x.PostmortemId,
                        principalTable: "Postmortems",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PostmortemReviewers",
                columns: table => new
                {
                    PostmortemId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonName = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    AskedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ApprovedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ApprovedChanges = table.Column<long>(type: "bigint", nullable: true),
                    Note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PostmortemReviewers", x => new { x.PostmortemId, x.PersonId });
                    table.ForeignKey(
                        name: "FK_PostmortemReviewers_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PostmortemReviewers_Postmortems_PostmortemId",
                        column: x => x.PostmortemId,
                        principalTable: "Postmortems",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PostmortemSections",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PostmortemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false),
                    TitleEn = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    TitleEs = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    GuidanceEn = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    GuidanceEs = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    Visibility = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Body = table.Column<string>(type: "character varying(60000)", maxLength: 60000, nullable: false),
                    RemovedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    EditedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    EditedById = table.Column<Guid>(type: "uuid", nullable: false),
                    EditedByName = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PostmortemSections", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PostmortemSections_Postmortems_PostmortemId",
                        column: x => x.PostmortemId,
                        principalTable: "Postmortems",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PostmortemComments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PostmortemId = table.Column<Guid>(type: "uuid", nullable: false),
                    SectionId = table.Column<Guid>(type: "uuid", nullable: true),
                    ReplyToId = table.Column<Guid>(type: "uuid", nullable: true),
                    IsQuestion = table.Column<bool>(type: "boolean", nullable: false),
                    Body = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ById = table.Column<Guid>(type: "uuid", nullable: false),
                    ByName = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    ResolvedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ResolvedByName = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PostmortemComments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PostmortemComments_People_ById",
                        column: x => x.ById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PostmortemComments_PostmortemComments_ReplyToId",
                        column: x => x.ReplyToId,
                        principalTable: "PostmortemComments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PostmortemComments_PostmortemSections_SectionId",
                        column: x => x.SectionId,
                        principalTable: "PostmortemSections",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PostmortemComments_Postmortems_PostmortemId",
                        column: x => x.PostmortemId,
                        principalTable: "Postmortems",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SectionRevisions",
                columns: table => new
                {
                    SectionId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    TitleEn = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    TitleEs = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    Visibility = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Body = table.Column<string>(type: "character varying(60000)", maxLength: 60000, nullable: false),
                    FromAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ToAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ById = table.Column<Guid>(type: "uuid", nullable: false),
                    ByName = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SectionRevisions", x => new { x.SectionId, x.Number });
                    table.ForeignKey(
                        name: "FK_SectionRevisions_PostmortemSections_SectionId",
                        column: x => x.SectionId,
                        principalTable: "PostmortemSections",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "PostmortemTemplates",
                columns: new[] { "Id", "NameEn", "NameEs", "RetiredAt", "Sections", "Version" },
                values: new object[] { new Guid("0199a000-0000-7000-8000-000000000001"), "Postmortem of an attack", "Post mortem de un ataque", null, "[{\"kind\":\"summary\",\"titleEn\":\"Summary\",\"titleEs\":\"Resumen\",\"guidanceEn\":\"What happened, to whom, for how long and what ended it: three sentences that somebody can read aloud.\",\"guidanceEs\":\"Qué pasó, a quién, por cuánto tiempo y qué lo terminó: tres frases que alguien pueda leer en voz alta.\",\"visibility\":\"public\",\"body\":\"{{facts}}\"},{\"kind\":\"impact\",\"titleEn\":\"Impact\",\"titleEs\":\"Impacto\",\"guidanceEn\":\"Who could not do what, from when to when. The numbers come from the record; say what they meant for the members.\",\"guidanceEs\":\"Quién no pudo hacer qué, de cuándo a cuándo. Los números salen del registro; di qué significaron para los miembros.\",\"visibility\":\"public\",\"body\":\"{{impact}}\"},{\"kind\":\"timeline\",\"titleEn\":\"Timeline\",\"titleEs\":\"Cronología\",\"guidanceEn\":\"The key events and the course of the attack. Leave out what does not help to understand it.\",\"guidanceEs\":\"Los eventos clave y el curso del ataque. Deja fuera lo que no ayuda a entenderlo.\",\"visibility\":\"public\",\"body\":\"{{board}}\\n\\n{{timeline}}\"},{\"kind\":\"root-cause\",\"titleEn\":\"Root cause and trigger\",\"titleEs\":\"Causa raíz y detonante\",\"guidanceEn\":\"Why it was possible, and what set it off. Who is behind it is rarely known: say so.\",\"guidanceEs\":\"Por qué fue posible y qué lo detonó. Rara vez se sabe quién está detrás: dilo así.\",\"visibility\":\"members\",\"body\":\"{{waves}}\"},{\"kind\":\"detection\",\"titleEn\":\"Detection\",\"titleEs\":\"Detección\",\"guidanceEn\":\"How we came to know, and what would have told us sooner.\",\"guidanceEs\":\"Cómo nos enteramos y qué nos habría avisado antes.\",\"visibility\":\"members\",\"body\":\"{{metrics}}\"},{\"kind\":\"response\",\"titleEn\":\"Response\",\"titleEs\":\"Respuesta\",\"guidanceEn\":\"What was tried, what each defence did, how they answered.\",\"guidanceEs\":\"Qué se intentó, qué hizo cada defensa y cómo respondieron los atacantes.\",\"visibility\":\"members\",\"body\":\"{{mitigations}}\"},{\"kind\":\"went-well\",\"titleEn\":\"What went well\",\"titleEs\":\"Qué salió bien\",\"guidanceEn\":\"What we want to do again.\",\"guidanceEs\":\"Qué queremos repetir.\",\"visibility\":\"members\",\"body\":\"\"},{\"kind\":\"went-badly\",\"titleEn\":\"What went badly\",\"titleEs\":\"Qué salió mal\",\"guidanceEn\":\"What the system or the way we work made harder. No names to blame.\",\"guidanceEs\":\"Qué hicieron más difícil el sistema o nuestra forma de trabajar. Sin culpar a nadie.\",\"visibility\":\"internal\",\"body\":\"\"},{\"kind\":\"lucky\",\"titleEn\":\"Where we were lucky\",\"titleEs\":\"Dónde tuvimos suerte\",\"guidanceEn\":\"What would have been worse on another day.\",\"guidanceEs\":\"Qué habría sido peor otro día.\",\"visibility\":\"internal\",\"body\":\"\"},{\"kind\":\"follow-ups\",\"titleEn\":\"Follow-ups\",\"titleEs\":\"Seguimientos\",\"guidanceEn\":\"Who does what by when.\",\"guidanceEs\":\"Quién hace qué y para cuándo.\",\"visibility\":\"members\",\"body\":\"{{follow-ups}}\"}]", 1 });

            migrationBuilder.CreateIndex(
                name: "IX_AcceptedLeaks_ById",
                table: "AcceptedLeaks",
                column: "ById");

            migrationBuilder.CreateIndex(
                name: "IX_AcceptedLeaks_IncidentId_Audience_Thing_Subject",
                table: "AcceptedLeaks",
                columns: new[] { "IncidentId", "Audience", "Thing", "Subject" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ChosenFiles_AttachmentId",
                table: "ChosenFiles",
                column: "AttachmentId");

            migrationBuilder.CreateIndex(
                name: "IX_DocumentExports_IncidentId_At",
                table: "DocumentExports",
                columns: new[] { "IncidentId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_FrozenDocuments_IncidentId_Kind_Number",
                table: "FrozenDocuments",
                columns: new[] { "IncidentId", "Kind", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FrozenDocuments_MadeById",
                table: "FrozenDocuments",
                column: "MadeById");

            migrationBuilder.CreateIndex(
                name: "IX_PostmortemComments_ById",
                table: "PostmortemComments",
                column: "ById");

            migrationBuilder.CreateIndex(
                name: "IX_PostmortemComments_PostmortemId",
                table: "PostmortemComments",
                column: "PostmortemId");

            migrationBuilder.CreateIndex(
                name: "IX_PostmortemComments_ReplyToId",
                table: "PostmortemComments",
                column: "ReplyToId");

            migrationBuilder.CreateIndex(
                name: "IX_PostmortemComments_SectionId",
                table: "PostmortemComments",
                column: "SectionId");

            migrationBuilder.CreateIndex(
                name: "IX_PostmortemReviewers_PersonId",
                table: "PostmortemReviewers",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_Postmortems_CreatedById",
                table: "Postmortems",
                column: "CreatedById");

            migrationBuilder.CreateIndex(
                name: "IX_Postmortems_IncidentId",
                table: "Postmortems",
                column: "IncidentId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PostmortemSections_PostmortemId",
                table: "PostmortemSections",
                column: "PostmortemId");

            migrationBuilder.CreateIndex(
                name: "IX_Pseudonyms_IncidentId_Thing_Number",
                table: "Pseudonyms",
                columns: new[] { "IncidentId", "Thing", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RedactionTerms_IncidentId",
                table: "RedactionTerms",
                column: "IncidentId");

            migrationBuilder.Sql("""
                CREATE TRIGGER "FrozenDocuments_AppendOnly" BEFORE UPDATE OR DELETE ON "FrozenDocuments"
                    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting_record();
                CREATE TRIGGER "FrozenDocuments_NoTruncate" BEFORE TRUNCATE ON "FrozenDocuments"
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_record();
                CREATE TRIGGER "DocumentExports_AppendOnly" BEFORE UPDATE OR DELETE ON "DocumentExports"
                    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting_record();
                CREATE TRIGGER "DocumentExports_NoTruncate" BEFORE TRUNCATE ON "DocumentExports"
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_record();
                CREATE TRIGGER "AcceptedLeaks_AppendOnly" BEFORE UPDATE OR DELETE ON "AcceptedLeaks"
                    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting_record();
                CREATE TRIGGER "AcceptedLeaks_NoTruncate" BEFORE TRUNCATE ON "AcceptedLeaks"
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_record();
                CREATE FUNCTION search_section() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW."RemovedAt" IS NOT NULL THEN
                        DELETE FROM "SearchDocuments" WHERE "Kind" = 'Postmortem' AND "SourceId" = NEW."Id";
                    ELSE
                        PERFORM keep_search_document(p."IncidentId", 'Postmortem', NEW."Id", 0, NEW."EditedAt", concat_ws(E'\n', NEW."TitleEn", NEW."TitleEs", NEW."Body")) FROM "Postmortems" p WHERE p."Id" = NEW."PostmortemId";
                    END IF;
                    RETURN NULL;
                END $$;
                CREATE TRIGGER "PostmortemSections_Search" AFTER INSERT OR UPDATE ON "PostmortemSections" FOR EACH ROW EXECUTE FUNCTION search_section();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""DROP FUNCTION search_section CASCADE;""");

            migrationBuilder.DropTable(
                name: "AcceptedLeaks");

            migrationBuilder.DropTable(
                name: "ChosenEntries");

            migrationBuilder.DropTable(
                name: "ChosenFiles");

            migrationBuilder.DropTable(
                name: "DocumentExports");

            migrationBuilder.DropTable(
                name: "FrozenDocuments");

            migrationBuilder.DropTable(
                name: "PostmortemComments");

            migrationBuilder.DropTable(
                name: "PostmortemReviewers");

            migrationBuilder.DropTable(
                name: "PostmortemTemplates");

            migrationBuilder.DropTable(
                name: "Pseudonyms");

            migrationBuilder.DropTable(
                name: "RedactionTerms");

            migrationBuilder.DropTable(
                name: "SectionRevisions");

            migrationBuilder.DropTable(
                name: "PostmortemSections");

            migrationBuilder.DropTable(
                name: "Postmortems");

            migrationBuilder.DropColumn(
                name: "MayBeNamed",
                table: "Members");
        }
    }
}
