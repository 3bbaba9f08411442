// Generated from docs/openapi.json by `npm run gen`. Do not edit.

export interface paths {
    "/api/v1/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was done
         * @description Every act on the organization's things, newest first: by members, keys and operators. Needs the scope `audit:read`.
         */
        get: operations["list_audit_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in
         * @description The answer is the same whether the address is unknown or the password is wrong.
         */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log out
         * @description This device only. Not for API keys.
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh the tokens
         * @description A refresh token is good for one call. Using it twice logs the device out, for somebody may have copied it. The
         *     dashboard sends no body: its token is in the cookie, which two tabs may use at the same moment.
         */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign up
         * @description Makes an account and an organization; then log in. The answer is the same if the address has an account already:
         *     then nothing is made or changed, and only the password of that account logs in.
         */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List campaigns
         * @description Newest first. Needs the scope `campaigns:read`.
         */
        get: operations["list_campaigns"];
        put?: never;
        /**
         * Create a campaign
         * @description A draft: upload its recipients, then start it. Needs the scope `campaigns:write`.
         */
        post: operations["create_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a campaign
         * @description Needs the scope `campaigns:read`.
         */
        get: operations["get_campaign"];
        put?: never;
        post?: never;
        /**
         * Delete a draft
         * @description With its recipients. Needs the scope `campaigns:write`.
         */
        delete: operations["delete_campaign"];
        options?: never;
        head?: never;
        /**
         * Change a campaign
         * @description A draft, or a paused campaign: then the change counts for everybody who has not got it yet, and its `send_at` stays.
         *     A running one has to be paused first. With `If-Match` it is refused (412) when somebody else changed it since the
         *     answer whose `ETag` that is. Needs the scope `campaigns:write`.
         */
        patch: operations["change_campaign"];
        trace?: never;
    };
    "/api/v1/campaigns/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a campaign
         * @description For good: what is not on its way yet is taken back. Needs the scope `campaigns:write`.
         */
        post: operations["cancel_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Try a campaign without sending
         * @description People who would get it and people who would not, as things stand now: people who opted out since they were
         *     uploaded, numbers without WhatsApp, variables without a value; what its senders can do today; when it would be
         *     through; and all that speaks against launching it. Nothing is changed. Reads everybody who is left. Needs the scope
         *     `campaigns:read`.
         */
        get: operations["dry_run_campaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count why people did not get a campaign
         * @description Messages that failed, expired or were cancelled, by state and reason; counted as it happens. Needs the
         *     scope `campaigns:read`.
         */
        get: operations["campaign_errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download what became of a campaign
         * @description One line per person, with what became of the message and one column per variable. Needs the scope `campaigns:read`.
         */
        get: operations["export_campaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Forecast when a campaign is through
         * @description Before it is launched and while it runs: the end, and for each day how many go out and which limit binds. Played
         *     forward from the sessions' paces, caps and windows as they are now. Needs the scope `campaigns:read`.
         */
        get: operations["campaign_forecast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a campaign
         * @description Nothing more of it is sent until it is resumed. Needs the scope `campaigns:write`.
         */
        post: operations["pause_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview a campaign's messages
         * @description What each person will read, word for word: their values filled in and the variants of the spintax picked that will
         *     be sent; or why the person is left out. In the order they are sent to. Nothing is changed. Needs the scope
         *     `campaigns:read`.
         */
        get: operations["preview_campaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how far a campaign is
         * @description Needs the scope `campaigns:read`.
         */
        get: operations["campaign_progress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/progress/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch how far a campaign is
         * @description A stream of server-sent events: `progress` now and when it changed, at most once a second; `auth.expired` when
         *     your credentials end. Needs the scope `campaigns:read`.
         */
        get: operations["watch_campaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/recipients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a campaign's recipients
         * @description In the order they are sent to. Needs the scope `campaigns:read`.
         */
        get: operations["list_recipients"];
        put?: never;
        /**
         * Add recipients
         * @description A CSV file with a header (a column for the number, perhaps one for the name; the others are variables), a JSON
         *     list, or tags of the address book. All accepted lines are added at once, or none. Needs the scope
         *     `campaigns:write`.
         */
        post: operations["add_recipients"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/recipients.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a campaign's recipients
         * @description CSV, with what became of each message and one column per variable. Needs the scope `campaigns:read`.
         */
        get: operations["export_recipients"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/rejects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the refused lines
         * @description CSV with the columns of the uploaded files and what was wrong: repair it and upload it again. Needs the scope
         *     `campaigns:read`.
         */
        get: operations["export_rejects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a campaign
         * @description If its deadline has passed, it is refused unless `accept_late` is set; with a `version` when it changed since. Needs
         *     the scope `campaigns:write`.
         */
        post: operations["resume_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a campaign
         * @description A draft begins to send, or waits for its `send_at`. If its pace names a deadline that it cannot keep, it is refused
         *     (see its forecast) unless `accept_late` is set; if nobody would get it, always. With a `version` it is refused when
         *     it changed since: what is launched is what you looked at. Needs the scope `campaigns:write`.
         */
        post: operations["start_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/unschedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a scheduled campaign a draft again
         * @description Needs the scope `campaigns:write`.
         */
        post: operations["unschedule_campaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/campaigns/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the versions of a campaign
         * @description The one that was launched, and one for each change of text, pace or senders while it was paused: what each said, and
         *     what became of its messages. `version` of a recipient says which one they got. A draft has none. Needs the scope
         *     `campaigns:read`.
         */
        get: operations["campaign_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consent-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the consent settings
         * @description Needs the scope `contacts:read`.
         */
        get: operations["get_consent_settings"];
        /**
         * Replace the consent settings
         * @description Owners only.
         */
        put: operations["change_consent_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a consent on record
         * @description An opt-out that the person asked for stands: release it with its suppression. Needs the scope `contacts:write`.
         */
        post: operations["give_consent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consents/{phone}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what is on record of a person's consent
         * @description With the proof: each opt-out and opt-in with its message, time and words. Needs the scope `contacts:read`.
         */
        get: operations["get_consent"];
        put?: never;
        post?: never;
        /**
         * Take a consent back
         * @description Needs the scope `contacts:write`.
         */
        delete: operations["withdraw_consent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List contacts
         * @description Newest first. Needs the scope `contacts:read`.
         */
        get: operations["list_contacts"];
        put?: never;
        /**
         * Save a contact
         * @description One contact per person, in whatever form the number is written: a known one is changed, and what is not given stays. 201
         *     when it is new. Needs the scope `contacts:write`.
         */
        post: operations["save_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check which numbers have WhatsApp
         * @description What is no number is told in `refused`, and does not keep the others from being checked. What is known already is
         *     answered at once; the session asks for the rest, one number every few seconds. Needs the scope `contacts:write`.
         */
        post: operations["check_numbers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/check/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what became of numbers to check
         * @description Needs the scope `contacts:read`.
         */
        get: operations["get_number_check"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete contacts
         * @description All that fit. Suppressions of their numbers stay. With `preview` nothing is done: `left` says how many there are.
         *     Needs the scope `contacts:write`.
         */
        post: operations["delete_contacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download contacts
         * @description One line per person and one column per attribute. Imported again, the list changes nothing. Needs the scope
         *     `contacts:read`.
         */
        get: operations["export_contacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import contacts
         * @description A CSV file with a header: a column for the number, perhaps one for the name; the others become attributes. A
         *     known number is changed. Needs the scope `contacts:write`.
         */
        post: operations["import_contacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/tag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tag contacts
         * @description Gives tags to all that fit, and takes tags from them. With `preview` nothing is done: `left` says how many would be
         *     changed. Needs the scope `contacts:write`.
         */
        post: operations["tag_contacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a contact
         * @description Needs the scope `contacts:read`.
         */
        get: operations["get_contact"];
        put?: never;
        post?: never;
        /**
         * Delete a contact
         * @description A suppression of the person stays. Needs the scope `contacts:write`.
         */
        delete: operations["delete_contact"];
        options?: never;
        head?: never;
        /**
         * Change a contact
         * @description Unlike saving it, this also takes away: tags and attributes that are not given again are gone. Needs the scope
         *     `contacts:write`.
         */
        patch: operations["change_contact"];
        trace?: never;
    };
    "/api/v1/contacts/{id}/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show under which names WhatsApp knows a contact
         * @description The forms of the number, and the LIDs and numbers that are the same account. Needs the scope `contacts:read`.
         */
        get: operations["get_identities"];
        put?: never;
        /**
         * Join a LID with a contact
         * @description For somebody who hides the number and told you that it is they: conversations, suppression and contact of the LID
         *     become those of this contact. It can be taken back. Needs the scope `contacts:write`.
         */
        post: operations["join_identity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}/identities/{identity}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Part an identity from a contact
         * @description It becomes a person of its own again, with its conversations and the contact it had, and is not joined by itself any
         *     more. A suppression counts for both. Needs the scope `contacts:write`.
         */
        delete: operations["part_identity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List conversations
         * @description Chats of all sessions in which somebody wrote, groups too; the one in which somebody wrote last first. Needs the
         *     scope `messages:read`.
         */
        get: operations["list_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/unread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count what is unread
         * @description Over all conversations. Needs the scope `messages:read`.
         */
        get: operations["count_unread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a conversation
         * @description Needs the scope `messages:read`.
         */
        get: operations["get_conversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages of a conversation
         * @description Of both sides, newest first, with how far each got. Needs the scope `messages:read`.
         */
        get: operations["list_conversation_messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark a conversation as read
         * @description For everybody of the organization; the person is not told. Needs the scope `messages:send`.
         */
        post: operations["read_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List dead letters
         * @description Jobs that gave up, newest first. Needs the scope `messages:read`.
         */
        get: operations["list_dead_letters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dead-letters/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count dead letters by reason
         * @description By kind and reason, the most first. Needs the scope `messages:read`.
         */
        get: operations["list_dead_letter_groups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dead-letters/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay dead letters
         * @description Their attempts start anew; those made so far stay on record. With `preview` nothing is done: `left` says how many
         *     there are. Needs the scope `messages:send`.
         */
        post: operations["replay_dead_letters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List imports
         * @description Newest first. Needs the scope `contacts:read`.
         */
        get: operations["list_imports"];
        put?: never;
        /**
         * Upload a list of people
         * @description CSV of any shape, XLSX, ODS or vCard. The answer tells what was recognised: format, columns, and the first people as
         *     they would be saved. Change that with `PATCH /imports/{id}`, then start it. Needs the scope `contacts:write`, with
         *     `campaign_id` also `campaigns:write`.
         */
        post: operations["upload_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an import
         * @description Its state, what was recognised in the list, and what became of it so far. Needs the scope `contacts:read`.
         */
        get: operations["get_import"];
        put?: never;
        post?: never;
        /**
         * Delete an import
         * @description What it did stays, and can no longer be taken back. Not while it is at work. Needs the scope `contacts:write`.
         */
        delete: operations["delete_import"];
        options?: never;
        head?: never;
        /**
         * Read a list in another way
         * @description Replaces all settings and recognises the list anew, before it is started. Needs the scope `contacts:write`.
         */
        patch: operations["change_import"];
        trace?: never;
    };
    "/api/v1/imports/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check an import
         * @description A worker reads the whole list and counts what would happen, without saving anybody. Needs the scope
         *     `contacts:write`.
         */
        post: operations["check_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/rejects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the refused lines of an import
         * @description CSV with the columns of the list and what was wrong: repair it and import it again. Needs the scope
         *     `contacts:read`.
         */
        get: operations["export_import_rejects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start an import
         * @description A worker saves the people; at most two imports of an organization run, others wait. Needs the scope
         *     `contacts:write`, for a campaign also `campaigns:write`.
         */
        post: operations["start_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo an import
         * @description Contacts that it added and that nothing changed since are deleted; what it changed of others goes back where it is
         *     unchanged since; recipients that it added leave the draft. Needs the scope `contacts:write`.
         */
        post: operations["undo_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List jobs
         * @description What waits, runs or gave up, and sends that are over, newest first. Needs the scope `messages:read`.
         */
        get: operations["list_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell the story of a job
         * @description Of a send, whose id is its message's with another prefix: from the request to the last proof. Needs the scope `messages:read`.
         */
        get: operations["job_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a file
         * @description As it is, with its Content-Type; or as a form with one field `file`. Needs the scope `messages:send`.
         */
        post: operations["upload_media"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List limits of files
         * @description What may be sent how, and how large it may be. Needs the scope `messages:read`.
         */
        get: operations["list_media_limits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a file
         * @description Needs the scope `messages:read`.
         */
        get: operations["download_media"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List messages
         * @description Newest first. Needs the scope `messages:read`.
         */
        get: operations["list_messages"];
        put?: never;
        /**
         * Send a message
         * @description It is recorded and sent when it is its turn in the pace of the session: ask for it, or wait for its events.
         *     With an `Idempotency-Key` it is sent once, however often you ask. Needs the scope `messages:send`.
         */
        post: operations["send_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel messages
         * @description All that fit and are not on their way yet, the oldest first. With `preview` nothing is done: `left` says how many
         *     there are. Needs the scope `messages:send`.
         */
        post: operations["cancel_messages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download messages
         * @description Newest first, one line per message. Needs the scope `messages:read`.
         */
        get: operations["export_messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry messages
         * @description All that fit, failed and stand as dead letters, the oldest first; their attempts start anew. A message that WhatsApp
         *     refused after it was sent has no dead letter and is not sent again. With `preview` nothing is done: `left` says how
         *     many there are. Needs the scope `messages:send`.
         */
        post: operations["retry_messages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a message
         * @description With what it waits for, if it waits. Needs the scope `messages:read`.
         */
        get: operations["get_message"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a message
         * @description Only before it is on its way. Needs the scope `messages:send`.
         */
        post: operations["cancel_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/{id}/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a received file
         * @description Of a message whose `media` is not null. The first time it is fetched from WhatsApp, which forgets files after some
         *     weeks; from then on it is kept here. Needs the scope `messages:read`.
         */
        get: operations["download_message_media"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what happened to a message
         * @description Every attempt with its outcome, every move to another member of its sender pool, and how far it got, oldest first. Needs the scope `messages:read`.
         */
        get: operations["message_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was done anywhere
         * @description For operators.
         */
        get: operations["list_all_audit_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/concurrency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change how much runs at once
         * @description Workers hear of it within five seconds; nothing is restarted. For operators.
         */
        put: operations["set_concurrency"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/controls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what is held back or changed
         * @description For operators.
         */
        get: operations["list_controls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/dead-letters/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count everybody's dead letters by reason
         * @description For operators.
         */
        get: operations["list_all_dead_letter_groups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/dead-letters/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay anybody's dead letters
         * @description As replay_dead_letters, over all organizations. For operators.
         */
        post: operations["replay_all_dead_letters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the queues were
         * @description In steps of minutes: how much waited and ran at the end of each, the longest wait, and how much was sent. Schedulers
         *     write it, and it is kept for a week. For operators.
         */
        get: operations["get_queue_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List everybody's jobs
         * @description For operators.
         */
        get: operations["list_all_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a job back
         * @description Of a send, its message is cancelled; a dead letter is thrown away. Not while it runs. For operators.
         */
        post: operations["cancel_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a job again now
         * @description A dead letter begins anew; one that waits for its next try need not wait. For operators.
         */
        post: operations["retry_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/jobs/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell the story of a job
         * @description Of a send: from the request to the last proof. For operators.
         */
        get: operations["any_job_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/lanes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List lanes
         * @description Those in which something waits or runs, of all organizations: who waits longest comes first, so a page may shift while
         *     they move. For operators.
         */
        get: operations["list_lanes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List WAHA servers
         * @description For operators.
         */
        get: operations["list_nodes"];
        put?: never;
        /**
         * Add a WAHA server
         * @description New sessions go to the least loaded. For operators.
         */
        post: operations["add_node"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/nodes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a WAHA server
         * @description For operators.
         */
        get: operations["get_node"];
        put?: never;
        post?: never;
        /**
         * Remove a WAHA server
         * @description Not while sessions are placed on it. For operators.
         */
        delete: operations["remove_node"];
        options?: never;
        head?: never;
        /**
         * Change a WAHA server
         * @description For operators.
         */
        patch: operations["change_node"];
        trace?: never;
    };
    "/api/v1/operator/nodes/{id}/cordon": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let no new sessions onto a WAHA server
         * @description Those that are on it stay. For operators.
         */
        post: operations["cordon_node"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/nodes/{id}/drain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Drain a WAHA server
         * @description It takes no new sessions, and those it has move to others, a few at a time: without a new scan within its storage
         *     group, and elsewhere only with `may_scan`. For operators.
         */
        post: operations["drain_node"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/nodes/{id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the moves away from a WAHA server
         * @description The newest 1,000. For operators.
         */
        get: operations["list_node_moves"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/nodes/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sessions on a WAHA server
         * @description The first 1,000. For operators.
         */
        get: operations["list_node_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/nodes/{id}/uncordon": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let new sessions onto a WAHA server again
         * @description Ends its draining. For operators.
         */
        post: operations["uncordon_node"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the installation at a glance
         * @description Everything of an operator's home screen in one cheap call. For operators.
         */
        get: operations["get_operator_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hold something back
         * @description Nothing of it starts any more, at the latest two seconds from now; what runs, finishes. For operators.
         */
        post: operations["pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List plans
         * @description Operators only.
         */
        get: operations["list_plans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/plans/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a plan
         * @description Counts within seconds for all organizations that have it. Operators only.
         */
        patch: operations["change_plan"];
        trace?: never;
    };
    "/api/v1/operator/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let something go again
         * @description For operators.
         */
        post: operations["resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/sessions/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a session to another WAHA server
         * @description It is stopped at its old server, seen stopped, and only then started at the new one; meanwhile its messages wait.
         *     For operators.
         */
        post: operations["move_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/workers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List workers
         * @description Lost ones are shown for an hour. For operators.
         */
        get: operations["list_workers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the organization
         * @description Not for API keys.
         */
        get: operations["get_organization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update the organization
         * @description Owners only.
         */
        patch: operations["update_organization"];
        trace?: never;
    };
    "/api/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the overview
         * @description Everything of the home screen in one cheap call. For logged-in users.
         */
        get: operations["get_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pairing/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open a pairing link
         * @description Without credentials: the token is one. 404 when the link has ended. If the session's QR codes ran out before anybody
         *     scanned one, this restarts it, at most every 2 minutes, so that it shows codes again.
         */
        get: operations["open_pairing_link"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pairing/{token}/qr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a link's QR code
         * @description As `GET /sessions/{id}/qr`, without credentials.
         */
        get: operations["open_pairing_qr"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/request-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List requests
         * @description What keys asked of the API, and members except for what they looked at with success, newest first: for a week, at
         *     most the newest 50,000. Of a flood only a part can be looked at, errors first. They appear here about a second after
         *     their answer. Never a body, a header or a query. Needs the scope `audit:read`.
         */
        get: operations["list_requests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/request-log/{request_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a request
         * @description With what it made. If several requests were given the same id, the newest. Needs the scope `audit:read`.
         */
        get: operations["get_request"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sender-pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List sender pools
         * @description Newest first. Needs the scope `sessions:read`.
         */
        get: operations["list_sender_pools"];
        put?: never;
        /**
         * Create a sender pool
         * @description Name it as `pool_id` where a message or a campaign names its session: each person keeps the member that wrote to
         *     them first, the others are spread by weight and by what each may still send. Needs the scope `sessions:write`.
         */
        post: operations["create_sender_pool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sender-pools/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a sender pool
         * @description Needs the scope `sessions:read`.
         */
        get: operations["get_sender_pool"];
        put?: never;
        post?: never;
        /**
         * Delete a sender pool
         * @description Not while campaigns or waiting messages depend on it, unless `force`: then they keep the sessions they have. Needs
         *     the scope `sessions:write`.
         */
        delete: operations["delete_sender_pool"];
        options?: never;
        head?: never;
        /**
         * Change a sender pool
         * @description Needs the scope `sessions:write`.
         */
        patch: operations["change_sender_pool"];
        trace?: never;
    };
    "/api/v1/sender-pools/{id}/members/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Add or change a member of a sender pool
         * @description A campaign of the pool sends through it from now on. Needs the scope `sessions:write`.
         */
        put: operations["set_sender_pool_member"];
        post?: never;
        /**
         * Remove a member of a sender pool
         * @description Not while messages of the pool wait for it, nor if a campaign would be left without sender, unless `force`: then it
         *     still sends what waits for it, and the campaign pauses. To hand its messages to its peers, set `enabled` to false
         *     first. Needs the scope `sessions:write`.
         */
        delete: operations["remove_sender_pool_member"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sender-pools/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how the members of a sender pool stand
         * @description The health of each, its weight in force, what waits for it and what moved. Needs the scope `sessions:read`.
         */
        get: operations["sender_pool_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List sessions
         * @description Newest first. Needs the scope `sessions:read`.
         */
        get: operations["list_sessions"];
        put?: never;
        /**
         * Create a session
         * @description It is placed on a WAHA server and started; then ask for its QR code. Needs the scope `sessions:write`.
         */
        post: operations["create_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a session
         * @description Needs the scope `sessions:read`.
         */
        get: operations["get_session"];
        put?: never;
        post?: never;
        /**
         * Delete a session
         * @description Takes back what it has not sent yet, unpairs the phone and removes it. Refused while messages are scheduled, unless
         *     `cancel_scheduled`. Needs the scope `sessions:write`.
         */
        delete: operations["delete_session"];
        options?: never;
        head?: never;
        /**
         * Change a session
         * @description A new pace counts from the next message. Needs the scope `sessions:write`.
         */
        patch: operations["change_session"];
        trace?: never;
    };
    "/api/v1/sessions/{id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List contacts, by way of a session
         * @description The organization's contacts: they are shared by its sessions. Needs the scope `contacts:read`.
         */
        get: operations["list_session_contacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/contacts/{phone}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the contact with a number, by way of a session
         * @description Needs the scope `contacts:read`.
         */
        get: operations["get_session_contact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a session's history
         * @description The newest 200 changes of its status, signals of WhatsApp and remedies tried. Needs the scope `sessions:read`.
         */
        get: operations["session_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/impact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what the end of a session would hit
         * @description Before it is deleted or logged out: what waits in its lane, and what sends through it. Needs the scope
         *     `sessions:read`.
         */
        get: operations["session_impact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/lane": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a session's lane
         * @description What its messages wait for now and until when, and what today's caps leave. Needs the scope `sessions:read`.
         */
        get: operations["session_lane"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log a session out
         * @description Unpairs the phone; the session asks for a new QR scan. Needs the scope `sessions:write`.
         */
        post: operations["logout_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a session's messages
         * @description Newest first. Needs the scope `messages:read`.
         */
        get: operations["list_session_messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/messages/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a session's message
         * @description Needs the scope `messages:read`.
         */
        get: operations["get_session_message"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/pairing-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a pairing code
         * @description Instead of scanning: type it in WhatsApp, Settings, Linked devices, Link with phone number. Only while the
         *     session's status is `scan_qr_code`. Needs the scope `sessions:write`.
         */
        post: operations["session_pairing_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/pairing-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List pairing links
         * @description Those of the session that work. Needs the scope `sessions:write`.
         */
        get: operations["list_pairing_links"];
        put?: never;
        /**
         * Share a pairing link
         * @description Its holder can pair a phone with this session, without a login, until it ends or is revoked. Needs the scope
         *     `sessions:write`.
         */
        post: operations["create_pairing_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/pairing-links/{link_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a pairing link
         * @description Needs the scope `sessions:write`.
         */
        delete: operations["revoke_pairing_link"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/policy/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview a pace
         * @description What a session could send by this pace, hour by hour and for a week, and which limit binds when. Counted from the
         *     mean pause, with somebody to write to at any time, everybody living by the session's clock; its warm-up goes on from
         *     where it is. Nothing is changed. Needs the scope `sessions:read`.
         */
        post: operations["preview_policy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/qr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the QR code
         * @description To scan in WhatsApp: Settings, Linked devices. The first code lasts a minute or so, each further one 20 s: ask
         *     again after `expires_at`, which of a picture stands in the header `X-Qr-Expires-At`, if it is known. Only while
         *     the session's status is `scan_qr_code`. Needs the scope `sessions:write`.
         */
        get: operations["session_qr"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/restart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restart a session
         * @description The cure of the status `failed`. Needs the scope `sessions:write`.
         */
        post: operations["restart_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/send-document": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a document
         * @description Needs the scope `messages:send`.
         */
        post: operations["send_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/send-image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an image
         * @description Needs the scope `messages:send`.
         */
        post: operations["send_image"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/send-text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a text
         * @description Needs the scope `messages:send`.
         */
        post: operations["send_text"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/send-video": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a video
         * @description Needs the scope `messages:send`.
         */
        post: operations["send_video"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/send-voice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a voice note
         * @description OGG with Opus, unless the WAHA server converts. Needs the scope `messages:send`.
         */
        post: operations["send_voice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a session
         * @description Needs the scope `sessions:write`.
         */
        post: operations["start_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a session's statistics
         * @description What it sent and received, day by day in the zone of its pace. Needs the scope `sessions:read`.
         */
        get: operations["session_statistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch a session's status
         * @description A stream of server-sent events: `status` now and at each change, `gone` when the session is deleted,
         *     `auth.expired` when your credentials end. Needs the scope `sessions:read`.
         */
        get: operations["watch_session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a session
         * @description It stays paired. Needs the scope `sessions:write`.
         */
        post: operations["stop_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/try-again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a session try again
         * @description Ends the rest of its bulk messages that began because WhatsApp refused most new chats (`many_rejections`), and counts
         *     anew. Does nothing where it does not rest for this. Those who were refused can be sent to again: replay the dead letters
         *     of this session with the code `many_rejections`. Needs the scope `sessions:write`.
         */
        post: operations["try_session_again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the installation status
         * @description Which parts of the installation work, as seen within the last two seconds. Needs no credentials; names no tenant, no
         *     machine and no number.
         */
        get: operations["get_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch what changes
         * @description A stream of server-sent events: `ready` once, from when on nothing is missed; `hint` within about a second of each
         *     change, at most five per kind and second; `auth.expired` when your credentials end. A hint only says that it is worth
         *     asking again. For logged-in users.
         */
        get: operations["watch_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suppressions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List suppressions
         * @description In the order of the people's keys, which is that of most numbers. Needs the scope `contacts:read`.
         */
        get: operations["list_suppressions"];
        put?: never;
        /**
         * Suppress a person
         * @description All forms of the number count, and the LIDs that are known to be this person. Bulk messages that wait are not sent either. Needs the scope `contacts:write`.
         */
        post: operations["add_suppression"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/suppressions/{phone}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Let a person be written to again
         * @description `phone` is a number in any of its forms, `<digits>@lid` or `@username`. Needs the scope `contacts:write`.
         */
        delete: operations["remove_suppression"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/user/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description Those that were not revoked, newest first. Needs the scope `keys:manage`.
         */
        get: operations["list_api_keys"];
        put?: never;
        /**
         * Create an API key
         * @description The key is in this answer and nowhere else. Needs the scope `keys:manage`.
         */
        post: operations["create_api_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/user/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description It stops working within a second. Needs the scope `keys:manage`.
         */
        delete: operations["revoke_api_key"];
        options?: never;
        head?: never;
        /**
         * Rename an API key
         * @description What it may do stays: for other scopes make another key. Needs the scope `keys:manage`.
         */
        patch: operations["rename_api_key"];
        trace?: never;
    };
    "/api/v1/user/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate an API key
         * @description Makes a key of the same name and scopes; the old one goes on working for a while, so that programs can change over.
         *     The new key is in this answer and nowhere else. Needs the scope `keys:manage`.
         */
        post: operations["rotate_api_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/user/change-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the password
         * @description Logs all other devices out. Not for API keys.
         */
        post: operations["change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/user/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your devices
         * @description Where you are logged in. Not for API keys.
         */
        get: operations["list_devices"];
        put?: never;
        post?: never;
        /**
         * Log all other devices out
         * @description Not for API keys.
         */
        delete: operations["revoke_other_devices"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/user/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Log a device out
         * @description It stops working within seconds. Not for API keys.
         */
        delete: operations["revoke_device"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/user/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the profile
         * @description The logged-in user with role and organization. Not for API keys.
         */
        get: operations["get_profile"];
        /**
         * Update the profile
         * @description Not for API keys.
         */
        put: operations["update_profile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description The kind of actor of an entry of the audit log.
         * @enum {string}
         */
        ActorKind: "user" | "key" | "operator" | "cli" | "system";
        ActorKindCode: components["schemas"]["ActorKind"] | string;
        /**
         * @description A WAHA server to add.
         * @example {
         *       "api_key": "a long secret of that server",
         *       "base_url": "http://waha-1:3000",
         *       "capacity": 500,
         *       "labels": {
         *         "region": "jakarta"
         *       },
         *       "name": "waha-1"
         *     }
         */
        AddNode: {
            name: string;
            /**
             * @description Where it answers, without `/api`.
             * @example http://waha-1:3000
             */
            base_url: string;
            /** @description Its API key. */
            api_key: string;
            /**
             * Format: int32
             * @description Most sessions it takes.
             * @default 500
             */
            capacity: number;
            /** @description Words to place sessions by: `{"region": "jakarta"}`. */
            labels?: {
                [key: string]: string;
            };
            storage_group?: string | null;
        };
        /**
         * @description People to add: either listed, or taken from the address book.
         * @example {
         *       "contacts": [
         *         {
         *           "name": "Sari",
         *           "phone": "+6281234567890",
         *           "variables": {
         *             "order": "INV-1042"
         *           }
         *         }
         *       ]
         *     }
         */
        AddRecipients: {
            /** @description The people. */
            contacts?: components["schemas"]["Person"][] | null;
            /** @description Everybody in the address book with one of these tags. */
            tags?: string[] | null;
        };
        /**
         * @description A person to suppress.
         * @example {
         *       "detail": "asked by telephone",
         *       "phone": "+6281234567890",
         *       "reason": "manual"
         *     }
         */
        AddSuppression: {
            /**
             * @description The number; for somebody who hides it `<digits>@lid`, or the `@username` of somebody who wrote to you.
             * @example +6281234567890
             */
            phone: string;
            reason?: components["schemas"]["ChosenReason"] | null;
            scope?: components["schemas"]["OptOutScope"] | null;
            /** @description For people. */
            detail?: string | null;
        };
        /** @example key_01kb8v2m5xe7s9q4h6n0r3t8wz */
        ApiKeyId: string;
        /** @description An API key, without the key itself. */
        ApiKeyView: {
            id: components["schemas"]["ApiKeyId"];
            /** @example kasir */
            name: string;
            /**
             * @description Its beginning, to tell keys apart.
             * @example wah_4fQ0b1Jm
             */
            prefix: string;
            scopes: components["schemas"]["Scope"][];
            created_by?: components["schemas"]["UserId"] | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at?: string | null;
            /**
             * Format: date-time
             * @description To the minute.
             */
            last_used_at?: string | null;
            replaced_by?: components["schemas"]["ApiKeyId"] | null;
        };
        /**
         * @description How an attempt ended.
         * @enum {string}
         */
        AttemptOutcome: "done" | "retry" | "defer" | "give_up" | "unknown" | "lost";
        AttemptOutcomeCode: components["schemas"]["AttemptOutcome"] | string;
        /** @example aud_01kb8v2m5xe7s9q4h6n0r3t8wz */
        AuditEventId: string;
        /** @description An act on record. */
        AuditEventView: {
            id: components["schemas"]["AuditEventId"];
            organization_id?: components["schemas"]["OrganizationId"] | null;
            actor_kind: components["schemas"]["ActorKindCode"];
            /**
             * @description Who: an email address, the name of a key, an account of the machine.
             * @example sari@tokobatik.example
             */
            actor: string;
            /**
             * @description What was done, such as `campaign.pause`.
             * @example campaign.pause
             */
            action: string;
            /**
             * @description To what: an id, a number, or the name of a queue.
             * @example cam_01kb8v2m5xe7s9q4h6n0r3t8wz
             */
            target?: string | null;
            /** @description What changed. */
            detail: Record<string, never>;
            /**
             * @description The request it was done with.
             * @example req_01kb8v2m5xe7s9
             */
            request_id?: string | null;
            /**
             * @description Where the request came from.
             * @example 203.0.113.7
             */
            address?: string | null;
            /** Format: date-time */
            at: string;
        };
        /** @description The author of a message in a group. */
        AuthorView: {
            /**
             * @description `<digits>@c.us` or `<id>@lid`.
             * @example 6281234567890@c.us
             */
            chat_id: string;
            /**
             * @description What they call themself.
             * @example Budi
             */
            name?: string | null;
        };
        BTreeMap: {
            [key: string]: string;
        };
        /** @description What was done to many things. */
        BatchView: {
            /**
             * Format: int64
             * @example 12
             */
            changed: number;
            /**
             * Format: int64
             * @description Of the same selection, not changed yet: at most 1,000 messages or 10,000 contacts go at once, so ask again until
             *     it is 0.
             * @example 0
             */
            left: number;
        };
        /** Format: binary */
        Binary: string;
        /** @description A longer pause after some messages, as if somebody fetched a coffee. */
        Breaks: {
            /**
             * Format: int32
             * @description After about this many messages; the exact number is drawn anew each time, half to one and a half of it.
             * @example 40
             */
            every: number;
            /**
             * Format: int32
             * @description Shortest break, in milliseconds.
             * @example 120000
             */
            min_ms: number;
            /**
             * Format: int32
             * @description Longest break, in milliseconds.
             * @example 300000
             */
            max_ms: number;
        };
        /** @description A page of lanes, and what all of them wait for. */
        BusyLanesView: components["schemas"]["PageView_BusyLaneView"] & {
            /** @description How many lanes wait for what, whatever `waiting_for` says; `nothing` is their turn or a free worker. */
            by_reason: {
                [key: string]: number;
            };
            /** @description Whether those are all: at most the 2,000 lanes are looked at that wait longest. */
            complete: boolean;
        };
        /** @description People who did not get a campaign for one reason. */
        CampaignErrorView: {
            /** @description What became of their messages: `failed`, `expired` or `cancelled`. */
            state: components["schemas"]["MessageState"];
            code?: components["schemas"]["ReasonCode"] | null;
            /**
             * Format: int64
             * @example 12
             */
            messages: number;
            /** @description The newest of them. */
            example: components["schemas"]["MessageId"];
            /** @description What was told of that one, for people. */
            detail?: string | null;
            /**
             * Format: int64
             * @description How many of them stand as dead letters and can be replayed.
             * @example 0
             */
            replayable: number;
            /**
             * @description What to do about it.
             * @example Correct the number in your list, or take it out.
             */
            remedy: string;
        };
        /** @description Why people of a campaign did not get it. */
        CampaignErrorsView: {
            /** @description The most frequent first. */
            items: components["schemas"]["CampaignErrorView"][];
        };
        /** @example cam_01kb8v2m5xe7s9q4h6n0r3t8wz */
        CampaignId: string;
        /**
         * @description What a campaign is for. A person may want to be spared the one and get the other.
         * @enum {string}
         */
        CampaignKind: "marketing" | "information";
        /** @description The pace of one campaign over all its senders. Those of the senders hold as well; the strictest wins. */
        CampaignPace: {
            /**
             * Format: int32
             * @description Most messages in an hour, spread evenly; none means no limit of its own.
             * @default null
             */
            messages_per_hour: number | null;
            /** @default null */
            send_window: components["schemas"]["DayWindow"] | null;
            /**
             * Format: date-time
             * @description When it should be through. A launch that cannot meet it is refused, unless it says `accept_late`.
             * @default null
             */
            finish_by: string | null;
        };
        /**
         * @description What can differ between two versions that people got.
         * @enum {string}
         */
        CampaignPart: "content" | "pace" | "senders";
        /**
         * @description The state of a campaign.
         * @enum {string}
         */
        CampaignState: "draft" | "scheduled" | "running" | "paused" | "finished" | "cancelled";
        /** @description A campaign as it was in one version. */
        CampaignVersionView: {
            /**
             * Format: int32
             * @example 4
             */
            version: number;
            content: components["schemas"]["Content"];
            pace: components["schemas"]["CampaignPace"];
            session_ids: components["schemas"]["SessionId"][];
            /** @description What is different from the version before; empty for the one that was launched. */
            changed: components["schemas"]["CampaignPart"][];
            /**
             * @description The member or key that made it, for people.
             * @example sari@toko.example
             */
            changed_by: string;
            /** Format: date-time */
            created_at: string;
            /** @description How many of its messages are in each state. */
            by_state: {
                [key: string]: number;
            };
        };
        /** @description The versions of a campaign, the oldest first. */
        CampaignVersionsView: {
            items: components["schemas"]["CampaignVersionView"][];
        };
        /** @description A campaign. */
        CampaignView: {
            id: components["schemas"]["CampaignId"];
            /**
             * Format: int32
             * @description Grows with each change of name, text, audience, pace or senders; start it with the one that you looked at.
             * @example 4
             */
            version: number;
            /** @example Promo akhir tahun */
            name: string;
            /** @description Its words are a template: `{Hi|Hello} {{name|friend}}`. */
            content: components["schemas"]["Content"];
            state: components["schemas"]["CampaignState"];
            session_ids: components["schemas"]["SessionId"][];
            pool_id?: components["schemas"]["SenderPoolId"] | null;
            /**
             * @description The variables of the template; those in `required` every recipient must have.
             * @example [
             *       "name",
             *       "order"
             *     ]
             */
            variables: string[];
            /**
             * @example [
             *       "order"
             *     ]
             */
            required: string[];
            /** @description Whether numbers are checked before strangers are written to. */
            check_number: components["schemas"]["NumberCheckMode"];
            /** @description What it is for: somebody who wants no marketing may still get information. */
            kind: components["schemas"]["CampaignKind"];
            /**
             * Format: int32
             * @description Recipients.
             * @example 1200
             */
            total: number;
            /**
             * Format: int32
             * @description Refused lines of all uploads; duplicates and suppressed ones included.
             * @example 8
             */
            rejected: number;
            /**
             * Format: int32
             * @example 3
             */
            duplicates: number;
            /**
             * Format: int32
             * @example 14
             */
            suppressed: number;
            /** @description Its own rate, window and deadline. */
            pace: components["schemas"]["CampaignPace"];
            /** Format: date-time */
            send_at?: string | null;
            /** Format: date-time */
            started_at?: string | null;
            /** Format: date-time */
            finished_at?: string | null;
            end_reason?: components["schemas"]["EndReason"] | null;
            /** @description Whether it goes on after its deadline, because the person who started or resumed it accepted that. */
            late_accepted: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /**
             * @description The member or key that changed it last, for people.
             * @example sari@toko.example
             */
            changed_by?: string | null;
        };
        /**
         * @description What to change of a draft, or of a paused campaign; what is left out stays.
         * @example {
         *       "name": "Promo akhir tahun",
         *       "send_at": "2026-12-05T02:00:00Z"
         *     }
         */
        ChangeCampaign: {
            name?: string | null;
            content?: components["schemas"]["Content"] | null;
            session_ids?: components["schemas"]["SessionId"][] | null;
            pool_id?: components["schemas"]["SenderPoolId"] | null;
            /**
             * @description Null: it starts when it is launched. Only for drafts.
             * @example 2027-01-15T10:00:00+07:00
             */
            send_at?: string | null;
            /**
             * @description The zone of a local `send_at` (IANA); not kept.
             * @example Asia/Jakarta
             */
            time_zone?: string | null;
            pace?: components["schemas"]["CampaignPace"] | null;
        };
        /**
         * @description What to change of a contact; what is left out stays.
         * @example {
         *       "name": "Sari Wulandari",
         *       "tags": [
         *         "pelanggan",
         *         "jakarta"
         *       ]
         *     }
         */
        ChangeContact: {
            /** @description Null removes it. */
            name?: string | null;
            /** @description Replaces all of them; up to 50. */
            attributes?: {
                [key: string]: string;
            } | null;
            /** @description Replaces all of them; up to 50. */
            tags?: string[] | null;
        };
        /**
         * @description What to change of a node; what is left out stays.
         * @example {
         *       "capacity": 400
         *     }
         */
        ChangeNode: {
            /** @description Where it answers, without `/api`. */
            base_url?: string | null;
            api_key?: string | null;
            /** Format: int32 */
            capacity?: number | null;
            /** @description All labels. */
            labels?: {
                [key: string]: string;
            } | null;
            /** @description Null takes it out of its group. */
            storage_group?: string | null;
            /**
             * Format: int32
             * @description Most messages a minute of all its sessions together; null is no limit.
             */
            messages_per_minute?: number | null;
        };
        /**
         * @description A new password.
         * @example {
         *       "current_password": "kuda terbang tinggi",
         *       "new_password": "ombak besar di selatan"
         *     }
         */
        ChangePassword: {
            /** Format: password */
            current_password: string;
            /** Format: password */
            new_password: string;
        };
        /**
         * @description What to change of a plan; what is left out stays.
         * @example {
         *       "messages_per_minute": 120,
         *       "weight": 4
         *     }
         */
        ChangePlan: {
            /** Format: int32 */
            weight?: number | null;
            /**
             * Format: int32
             * @description Null is no limit.
             */
            messages_per_minute?: number | null;
        };
        /**
         * @description What to change; what is left out stays.
         * @example {
         *       "description": "Nomor untuk pengingat pesanan"
         *     }
         */
        ChangeSenderPool: {
            name?: string | null;
            /** @description Null removes it. */
            description?: string | null;
        };
        /**
         * @description What to change; what is left out stays.
         * @example {
         *       "name": "Toko Batik Sari, kasir"
         *     }
         */
        ChangeSession: {
            name?: string | null;
            /** @description Null removes it. */
            description?: string | null;
            policy?: components["schemas"]["PacingPolicy"] | null;
        };
        /**
         * @description Numbers to check.
         * @example {
         *       "phones": [
         *         "+6281234567890",
         *         "+6281298765432"
         *       ],
         *       "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz"
         *     }
         */
        CheckNumbers: {
            /** @description The session that asks WhatsApp: slowly, a few seconds for each number that is not known. */
            session_id: components["schemas"]["SessionId"];
            /**
             * @description 1 to 1,000 numbers.
             * @example [
             *       "+6281234567890"
             *     ]
             */
            phones: string[];
        };
        /**
         * @description Why somebody may suppress a person.
         * @enum {string}
         */
        ChosenReason: "opt_out" | "manual";
        /**
         * @description Which of the two lines of a session a message waits in.
         * @enum {string}
         */
        Class: "transactional" | "bulk";
        /**
         * @description What went wrong, for programs: stable names.
         * @enum {string}
         */
        Code: "invalid_json" | "invalid_body" | "invalid_field" | "missing_field" | "unknown_field" | "invalid_template" | "empty_file" | "not_csv" | "unknown_sheet" | "no_header" | "no_phone_column" | "unknown_column" | "missing_column" | "duplicate_column" | "too_many_columns" | "bad_header" | "line_too_long" | "too_many_lines" | "too_many_recipients" | "no_recipients" | "nobody_left" | "deadline_missed" | "no_sender" | "too_broad" | "weak_password" | "unauthenticated" | "token_expired" | "wrong_credentials" | "invalid_refresh_token" | "refresh_token_reused" | "invalid_signature" | "missing_scope" | "user_required" | "owner_required" | "operator_required" | "cross_origin" | "signup_closed" | "wrong_session" | "not_found" | "no_such_route" | "method_not_allowed" | "email_taken" | "name_taken" | "wrong_state" | "campaign_changed" | "edited_meanwhile" | "session_not_pairing" | "session_in_use" | "messages_scheduled" | "pool_in_use" | "no_member" | "node_in_use" | "cannot_move" | "no_node" | "waha_unavailable" | "consent_missing" | "recipient_suppressed" | "idempotency_key_reused" | "too_large" | "unsupported_media_type" | "too_many_imports" | "rate_limited" | "internal" | "unavailable" | "outcome_unknown" | "timeout";
        /**
         * @description What a column of a list is taken for.
         * @enum {string}
         */
        ColumnRole: "phone" | "name" | "tags" | "time_zone" | "consent" | "variable" | "ignored";
        /**
         * @description How many jobs of a queue each worker process runs at once.
         * @example {
         *       "queue": "inbound",
         *       "slots": 8
         *     }
         */
        Concurrency: {
            queue: components["schemas"]["Queue"];
            /**
             * Format: int32
             * @description 0 to 1,000; null is as the settings of each worker say.
             */
            slots?: number | null;
        };
        /**
         * @description What a line of the proof is.
         * @enum {string}
         */
        ConsentEventKind: "opt_out" | "opt_in" | "consent" | "withdrawal";
        /** @description A line of the proof. */
        ConsentEventView: {
            kind: components["schemas"]["ConsentEventKind"];
            scope?: components["schemas"]["OptOutScope"] | null;
            source: components["schemas"]["ConsentSource"];
            session_id?: components["schemas"]["SessionId"] | null;
            /** @description WhatsApp's id of the message. */
            whatsapp_id?: string | null;
            /**
             * @description What the person wrote.
             * @example STOP
             */
            words?: string | null;
            detail?: string | null;
            /** Format: date-time */
            at: string;
            /**
             * Format: date-time
             * @description When it was confirmed to the person; null: it was not.
             */
            confirmed_at?: string | null;
        };
        /**
         * @description What an organization decided about opt-outs and consent.
         * @example {
         *       "bulk_needs_consent": false,
         *       "opt_in_confirmation": "Selamat datang kembali!",
         *       "opt_out_confirmation": "Anda tidak akan menerima pesan promosi lagi. Balas MULAI untuk kembali.",
         *       "opt_out_scope": "all",
         *       "words": [
         *         {
         *           "intent": "opt_out",
         *           "scope": "marketing",
         *           "words": "stop promo"
         *         }
         *       ]
         *     }
         */
        ConsentSettingsView: {
            /**
             * @description What an opt-out ends that does not say it: campaigns of marketing, or all bulk messages. Words such as "stop all"
             *     always end all.
             */
            opt_out_scope: components["schemas"]["OptOutScope"];
            /** @description What is answered to an opt-out, at most once an hour; null: nothing. */
            opt_out_confirmation?: string | null;
            /** @description What is answered when somebody wants to be written to again; null: nothing. */
            opt_in_confirmation?: string | null;
            /** @description Bulk messages go only to people whose consent is on record. */
            bulk_needs_consent: boolean;
            /** @description Words of your own, beside those of 18 languages. At most 50. */
            words?: components["schemas"]["OwnWordView"][];
        };
        /**
         * @description Where it is known from.
         * @enum {string}
         */
        ConsentSource: "import" | "form" | "message" | "member";
        /** @description What is on record of a person's consent. */
        ConsentView: {
            consent?: components["schemas"]["GivenView"] | null;
            /** @description Opt-outs, opt-ins, consents and withdrawals, the newest first; at most 200. */
            events: components["schemas"]["ConsentEventView"][];
        };
        /** @description A person in a contact card. */
        ContactCard: {
            /**
             * @description What the card calls them.
             * @example Budi
             */
            name?: string | null;
            /** @description Their numbers as they stand in the card. */
            phones: string[];
        };
        /**
         * @description Where a consent is known from.
         * @example {
         *       "detail": "newsletter form",
         *       "source": "form"
         *     }
         */
        ContactConsent: {
            source: components["schemas"]["ConsentSource"];
            /** @description Where exactly. */
            detail?: string | null;
        };
        /** @example con_01kb8v2m5xe7s9q4h6n0r3t8wz */
        ContactId: string;
        /** @description What an import of contacts did. */
        ContactImportView: {
            /**
             * Format: int64
             * @description Lines with something on them, the header not counted.
             * @example 250
             */
            total_lines: number;
            /**
             * Format: int64
             * @description People who were not known before.
             * @example 230
             */
            added: number;
            /**
             * Format: int64
             * @description People who were.
             * @example 15
             */
            changed: number;
            /**
             * Format: int64
             * @example 5
             */
            rejected: number;
            /** @description How many lines were refused for each reason. */
            by_code: {
                [key: string]: number;
            };
            /** @description How many lines were taken with a reservation. */
            warnings: {
                [key: string]: number;
            };
            /** @description The first 100 refused lines. */
            rejects: components["schemas"]["RejectView"][];
        };
        /** @description A person in the address book. */
        ContactView: {
            id: components["schemas"]["ContactId"];
            phone?: components["schemas"]["Phone"] | null;
            /**
             * @description The LID under which WhatsApp knows the person, while no number is known.
             * @example null
             */
            lid?: string | null;
            /**
             * @description The username at WhatsApp, where known.
             * @example sari.w
             */
            username?: string | null;
            /** @example Sari Wulandari */
            name?: string | null;
            /**
             * @description What templates may be filled with.
             * @example {
             *       "city": "Jakarta"
             *     }
             */
            attributes: {
                [key: string]: string;
            };
            /**
             * @example [
             *       "pelanggan",
             *       "jakarta"
             *     ]
             */
            tags: string[];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        /**
         * @description What a message says.
         * @example {
         *       "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
         *       "type": "text"
         *     }
         */
        Content: {
            /** @description 1 to 65,536 characters. */
            text: string;
            /** @description Whether WhatsApp may show a preview of the first link. */
            link_preview?: boolean | null;
            /** @description The message of the same chat that this one answers: our id (`msg_...`), WhatsApp's, or WhatsApp's whole id. */
            reply_to?: string | null;
            /**
             * @description In a group: the people whom the text names, as numbers or chat ids. The text has each as `@` and the digits.
             * @example [
             *       "+6281234567890"
             *     ]
             */
            mentions?: string[];
            /** @enum {string} */
            type: "text";
        } | {
            /** @description The file. */
            media: components["schemas"]["MediaRef"];
            /** @description Text under it, up to 1,024 characters. */
            caption?: string | null;
            /** @enum {string} */
            type: "image";
        } | {
            /** @description The file. */
            media: components["schemas"]["MediaRef"];
            /** @description Text under it, up to 1,024 characters. */
            caption?: string | null;
            /** @enum {string} */
            type: "video";
        } | {
            /** @description The file; its name is what the recipient sees. */
            media: components["schemas"]["MediaRef"];
            /** @description Text under it, up to 1,024 characters. */
            caption?: string | null;
            /** @enum {string} */
            type: "document";
        } | {
            /** @description The file. */
            media: components["schemas"]["MediaRef"];
            /** @enum {string} */
            type: "voice";
        };
        /**
         * @description The types of all content, sent and received.
         * @enum {string}
         */
        ContentType: "text" | "image" | "video" | "audio" | "voice" | "document" | "sticker" | "location" | "contacts" | "poll" | "reaction" | "deleted" | "unknown";
        /** @description What is not as the settings say. */
        ControlView: {
            /**
             * @description `all`, `outbound`, the name of a queue, or the id of an organization, node or session.
             * @example outbound
             */
            target: string;
            /** @description Whether it is held back. */
            paused: boolean;
            /**
             * Format: int32
             * @description Of a queue: jobs at once per worker process; null if as its settings say.
             */
            slots?: number | null;
            /**
             * @description Why.
             * @example WhatsApp is down
             */
            reason?: string | null;
            /**
             * @description The operator that decided it.
             * @example operator@wahana.example
             */
            set_by: string;
            /** Format: date-time */
            set_at: string;
        };
        /** @description Everything that is not as the settings say. */
        ControlsView: {
            items: components["schemas"]["ControlView"][];
        };
        /** @example cnv_01kb8v2m5xe7s9q4h6n0r3t8wz */
        ConversationId: string;
        /** @description A chat in which somebody wrote. */
        ConversationView: {
            id: components["schemas"]["ConversationId"];
            session_id: components["schemas"]["SessionId"];
            /**
             * @description WhatsApp's chat, `<digits>@c.us`, `<id>@g.us` or `<id>@lid`: give it as `to` of a reply.
             * @example 6281234567890@c.us
             */
            chat_id: string;
            /** @description Whether several people write there. */
            group: boolean;
            phone?: components["schemas"]["Phone"] | null;
            /**
             * @description The username at WhatsApp, where known.
             * @example sari.w
             */
            username?: string | null;
            /**
             * @description The name in the address book, else what the person calls themself.
             * @example Sari Wulandari
             */
            name?: string | null;
            contact_id?: components["schemas"]["ContactId"] | null;
            suppressed?: components["schemas"]["SuppressionReasonCode"] | null;
            /**
             * Format: int32
             * @description Messages that came since somebody looked.
             * @example 2
             */
            unread: number;
            /** @description The newest message of both sides. */
            last_message: components["schemas"]["LastMessageView"];
            /** Format: date-time */
            created_at: string;
        };
        /**
         * @description A key to be made.
         * @example {
         *       "expires_at": "2027-11-30T00:00:00Z",
         *       "name": "kasir",
         *       "scopes": [
         *         "messages:send",
         *         "messages:read"
         *       ]
         *     }
         */
        CreateApiKey: {
            /** @description What it is for. */
            name: string;
            /** @description What it may do; not more than its maker. */
            scopes: components["schemas"]["Scope"][];
            /**
             * Format: date-time
             * @description When it ends; never, if left out.
             */
            expires_at?: string | null;
        };
        /**
         * @description A campaign to make.
         * @example {
         *       "content": {
         *         "text": "Halo {{name}}, pesanan batik Anda sudah siap diambil.",
         *         "type": "text"
         *       },
         *       "name": "Promo akhir tahun",
         *       "send_at": "2026-12-01T02:00:00Z",
         *       "session_ids": [
         *         "ses_01kb8v2m5xe7s9q4h6n0r3t8wz"
         *       ]
         *     }
         */
        CreateCampaign: {
            name: string;
            /** @description Its words are a template: `{Hi|Hello} {{name|friend}}`. */
            content: components["schemas"]["Content"];
            /** @description The sessions that send it, side by side: 1 to 50. Give these or `pool_id`. */
            session_ids?: components["schemas"]["SessionId"][];
            pool_id?: components["schemas"]["SenderPoolId"] | null;
            /**
             * @description Whether numbers are checked before strangers are written to: who has no WhatsApp is not. `require` waits for
             *     the check, `prefer` does not.
             * @default skip
             */
            check_number: components["schemas"]["NumberCheckMode"];
            /**
             * @description What it is for: somebody who wants no marketing may still get information.
             * @default marketing
             */
            kind: components["schemas"]["CampaignKind"];
            /**
             * @description Once launched, it starts at this time: of RFC 3339, or a local time such as `2027-01-15 10:00` in the
             *     `time_zone` beside it.
             * @example 2027-01-15T10:00:00+07:00
             */
            send_at?: string | null;
            /**
             * @description The zone of a local `send_at` (IANA); not kept.
             * @example Asia/Jakarta
             */
            time_zone?: string | null;
            /** @description Its own rate, window and deadline; the paces of its sessions hold as well. */
            pace?: components["schemas"]["CampaignPace"];
        };
        /**
         * @description A link to be made.
         * @example {
         *       "minutes": 15
         *     }
         */
        CreatePairingLink: {
            /**
             * Format: int32
             * @description How long it works: a quarter of an hour, if left out.
             * @default 15
             */
            minutes: number;
        };
        /**
         * @description A sender pool to make.
         * @example {
         *       "members": [
         *         {
         *           "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
         *           "weight": 100
         *         }
         *       ],
         *       "name": "Pengingat pesanan"
         *     }
         */
        CreateSenderPool: {
            /** @description Unique among your pools. */
            name: string;
            /** @description What it is for. */
            description?: string | null;
            /** @description Its sessions; more can be added later. */
            members?: components["schemas"]["NewMember"][];
        };
        /**
         * @description A session to make.
         * @example {
         *       "description": "Nomor utama toko",
         *       "name": "Toko Batik Sari"
         *     }
         */
        CreateSession: {
            /** @description Unique among your sessions. */
            name: string;
            /** @description What it is for. */
            description?: string | null;
            /**
             * @description Its pace; the default is WAHA's own advice. Without a `time_zone` it has the organization's, now and when that
             *     changes.
             */
            policy?: components["schemas"]["PacingPolicy"];
            /**
             * @description Whether it starts at once.
             * @default true
             */
            start: boolean;
            /** @description Labels that its WAHA server must have, as the operator named them: `{"region": "jakarta"}`. */
            placement?: components["schemas"]["BTreeMap"];
        };
        Cursor: string;
        /** @description A day of a campaign. */
        DayView: {
            /** Format: date */
            date: string;
            /**
             * Format: int64
             * @description Messages probably sent.
             * @example 420
             */
            messages: number;
            /** @description What keeps it from being more. */
            binding: components["schemas"]["WaitingFor"];
        };
        /** @description A daily span, across midnight if `from` is after `to`. */
        DayWindow: {
            /**
             * @description Its first minute, `HH:MM`.
             * @example 21:00
             */
            from: string;
            /**
             * @description The first minute after it, `HH:MM`.
             * @example 08:00
             */
            to: string;
            /** @description Whose clock counts. */
            zone?: components["schemas"]["WindowZone"];
        };
        /** @description Dead letters of one kind that gave up for one reason. */
        DeadGroupView: {
            kind: components["schemas"]["JobKindCode"];
            code?: components["schemas"]["ReasonCode"] | null;
            /**
             * Format: int64
             * @example 12
             */
            jobs: number;
            /** Format: date-time */
            oldest: string;
        };
        /** @description Dead letters by kind and reason. */
        DeadGroupsView: {
            items: components["schemas"]["DeadGroupView"][];
        };
        /** @description A job that gave up. */
        DeadLetterView: {
            id: components["schemas"]["JobId"];
            kind: components["schemas"]["JobKindCode"];
            /** @description The ids it is about. */
            payload: Record<string, never>;
            /**
             * Format: int32
             * @example 5
             */
            attempts: number;
            code?: components["schemas"]["ReasonCode"] | null;
            /** @example the file is gone */
            detail?: string | null;
            /** Format: date-time */
            created_at: string;
        };
        /**
         * @description Contacts to remove.
         * @example {
         *       "contacts": {
         *         "tag": "lama"
         *       },
         *       "preview": true
         *     }
         */
        DeleteContacts: {
            contacts: components["schemas"]["SelectContacts"];
            /** @description Only counts them. */
            preview?: boolean;
        };
        /**
         * @description What the owner wants of a session.
         * @enum {string}
         */
        Desired: "running" | "stopped" | "deleted";
        /** @example dev_01kb8v2m5xe7s9q4h6n0r3t8wz */
        DeviceId: string;
        /** @description A device on which you are logged in. */
        DeviceView: {
            id: components["schemas"]["DeviceId"];
            /**
             * @description What it calls itself.
             * @example Mozilla/5.0 (Linux; Android 15)
             */
            user_agent?: string | null;
            /**
             * @description The address it was last seen at.
             * @example 203.0.113.7
             */
            address?: string | null;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description To the length of an access token.
             */
            last_seen_at: string;
            /** @description Whether this request comes from it. */
            current: boolean;
        };
        /** @description All of them. */
        DevicesView: {
            /** @description Last seen first. */
            items: components["schemas"]["DeviceView"][];
        };
        /**
         * @description Which way a message went.
         * @enum {string}
         */
        Direction: "outbound" | "inbound";
        /**
         * @example {
         *       "may_scan": false
         *     }
         */
        DrainNode: {
            /**
             * @description Also move sessions that somebody will have to scan again.
             * @default false
             */
            may_scan: boolean;
        };
        /** @description How far the draining of a node is. */
        DrainView: {
            /** Format: date-time */
            since: string;
            /**
             * Format: int64
             * @description Sessions that are still on it.
             * @example 14
             */
            left: number;
            /**
             * Format: int64
             * @description Of those, on their way.
             * @example 2
             */
            moving: number;
            /**
             * Format: int64
             * @description Sessions that left since then; of those, that somebody has to scan again.
             * @example 104
             */
            moved: number;
            /**
             * Format: int64
             * @example 0
             */
            needs_scan: number;
            /**
             * Format: int64
             * @description Moves that failed since then.
             * @example 0
             */
            failed: number;
        };
        /** @description What would become of a campaign if it went out as it is. */
        DryRunView: {
            /**
             * Format: int32
             * @description The version of the campaign that was looked at: start it with this one.
             * @example 4
             */
            version: number;
            /**
             * Format: int64
             * @description People who have no message yet.
             * @example 1200
             */
            people: number;
            /**
             * Format: int64
             * @description Of those, how many will be written to.
             * @example 1174
             */
            to_send: number;
            /** @description Those who will not, by the reason. */
            left_out: components["schemas"]["LeftOutCountView"][];
            /** @description The variables that people lack, of those who may be written to. */
            missing_variables: components["schemas"]["MissingVariableView"][];
            /**
             * Format: int64
             * @description About how many of them no sender has a chat with.
             * @example 310
             */
            new_chats: number;
            /** @description The sessions that send it. */
            senders: components["schemas"]["SenderView"][];
            /** @description What speaks against launching it, or for another look; the gravest first. */
            findings: components["schemas"]["FindingView"][];
            /** @description When it will be through, without those who are left out. */
            forecast: components["schemas"]["ForecastView"];
        };
        /**
         * @description Why a campaign ended before everybody got it, if nobody cancelled it.
         * @enum {string}
         */
        EndReason: "deadline";
        /**
         * @description How a list is written.
         * @enum {string}
         */
        ExportFormat: "csv" | "xlsx";
        /** @description One of several fields with a wrong value. */
        FieldError: {
            /** @description Where, such as `content.text` or `session_ids[2]`. */
            field: string;
            /** @description The kind of problem, for programs. */
            code: components["schemas"]["Code"];
            /** @description The rule that the value breaks, for programs. */
            rule: components["schemas"]["Rule"];
            /** @description The figures and names of the rule, such as `max`. */
            params: {
                [key: string]: components["schemas"]["RuleParam"];
            };
            /** @description What is wrong, for people. */
            detail: string;
        };
        /** @description Where a file comes from: exactly one of `id`, `url` and `data`. */
        FileInput: {
            id?: components["schemas"]["MediaId"] | null;
            /** @description A public http(s) address, fetched before the message is sent. */
            url?: string | null;
            /** @description The file itself, as base64. */
            data?: string | null;
            /** @description Like `image/png`. */
            mimetype: string;
            /** @description What the recipient sees as its name. */
            filename?: string | null;
        };
        /**
         * @description What a finding is.
         * @enum {string}
         */
        FindingCode: "no_recipients" | "nobody_left" | "bad_template" | "no_sender" | "left_out" | "sender_not_healthy" | "old_waha_server" | "new_chat_quota" | "never_finishes" | "deadline_missed" | "same_text" | "file_not_usable" | "file_not_ready" | "short_pauses";
        /** @description Something that speaks against launching a campaign, or for another look. */
        FindingView: {
            code: components["schemas"]["FindingCode"];
            weight: components["schemas"]["Weight"];
            session_id?: components["schemas"]["SessionId"] | null;
            /**
             * @description The same for people, and what to do.
             * @example 112 people have no value for `order`.
             */
            detail: string;
        };
        /** @description When a campaign will be through. */
        ForecastView: {
            /**
             * Format: date-time
             * @description When the last message is probably sent; null: never as things stand, or more than a year away.
             */
            finish?: string | null;
            /**
             * Format: date-time
             * @description Earlier than this if the drawn pauses come out short.
             */
            earliest?: string | null;
            /**
             * Format: date-time
             * @description Later than this if they come out long.
             */
            latest?: string | null;
            stuck?: components["schemas"]["WaitingFor"] | null;
            /**
             * Format: date-time
             * @description The campaign's deadline.
             */
            finish_by?: string | null;
            /** @description Whether it will be through by then; null without a deadline. */
            finishes_before_deadline?: boolean | null;
            /**
             * Format: int64
             * @description How many are still to be written to.
             * @example 1174
             */
            messages: number;
            /** @description Day by day, where the first sender is. */
            days: components["schemas"]["DayView"][];
        };
        /**
         * @description A consent to put on record.
         * @example {
         *       "detail": "newsletter form, 3 March",
         *       "phone": "+6281234567890",
         *       "source": "form"
         *     }
         */
        GiveConsent: {
            /** @description The number; for somebody who hides it `<digits>@lid`, or the `@username` of somebody who wrote to you. */
            phone: string;
            source: components["schemas"]["ConsentSource"];
            /** @description Where exactly. */
            detail?: string | null;
            /**
             * Format: date-time
             * @description When it was given; now, if left out.
             */
            given_at?: string | null;
        };
        /** @description A consent. */
        GivenView: {
            source: components["schemas"]["ConsentSource"];
            /** @example newsletter form, 3 March */
            detail?: string | null;
            /** Format: date-time */
            given_at: string;
        };
        /** @description How many members of a group have a message. */
        GroupReceiptsView: {
            /**
             * Format: int32
             * @description Members whose phone has it.
             * @example 12
             */
            delivered: number;
            /**
             * Format: int32
             * @description Members who have read it.
             * @example 9
             */
            read: number;
            /**
             * Format: int32
             * @description Members of the group without the account; null where not known.
             * @example 14
             */
            members?: number | null;
        };
        /** @description One thing that happened to a message. */
        HappeningView: {
            /** Format: date-time */
            at: string;
            what: components["schemas"]["MessageEvent"];
            /** @description More, for people. */
            detail?: string | null;
            /**
             * Format: int32
             * @description For attempts: its number.
             */
            attempt?: number | null;
            outcome?: components["schemas"]["AttemptOutcomeCode"] | null;
            code?: components["schemas"]["ReasonCode"] | null;
            /**
             * Format: int64
             * @description For attempts: how long it took, in milliseconds.
             */
            duration_ms?: number | null;
        };
        /**
         * @description How a session is.
         * @enum {string}
         */
        Health: "healthy" | "degraded" | "deaf" | "restricted" | "needs_scan" | "failed" | "stopped";
        /**
         * @description Why a session is not healthy: its trouble, else its status, else why it rests.
         * @enum {string}
         */
        HealthReason: "node_away" | "deaf" | "unacked" | "restart_budget" | "restarts_exhausted" | "logged_out" | "pending" | "stopped" | "starting" | "scan_qr_code" | "passkey_required" | "failed" | "unknown" | "session_not_working" | "node_unreachable" | "rate_limited" | "restricted" | "message_capping" | "many_rejections" | "parked";
        HealthReasonCode: components["schemas"]["HealthReason"] | string;
        /** @description How a session is. */
        HealthView: {
            state: components["schemas"]["Health"];
            reason?: components["schemas"]["HealthReasonCode"] | null;
            /** Format: date-time */
            since: string;
            /** @description What is being done, or what you have to do. */
            remedy?: string | null;
        };
        /** @description Something changed. */
        Hint: {
            kind: components["schemas"]["HintKind"];
            /** @description Which; left out when several changed at once, or old ones. */
            id?: string | null;
        };
        /**
         * @description What can change.
         * @enum {string}
         */
        HintKind: "session" | "message" | "campaign" | "conversation" | "job";
        /** @description How the queues were for some minutes. */
        HistoryPoint: {
            /**
             * Format: date-time
             * @description When they began.
             */
            at: string;
            /**
             * Format: double
             * @description Messages sent per minute; null where it is not known.
             */
            sent_per_minute?: number | null;
            queues: components["schemas"]["QueueView"][];
        };
        /** @description A campaign that sends through a session and has not ended. */
        HitCampaignView: {
            id: components["schemas"]["CampaignId"];
            /** @example Promo akhir tahun */
            name: string;
            state: components["schemas"]["CampaignState"];
            /**
             * Format: int32
             * @description People who have no message yet.
             * @example 380
             */
            people_left: number;
            /** @description Whether no other session sends it: without this one it pauses. */
            only_sender: boolean;
        };
        /** @description A sender pool that a session is a member of. */
        HitPoolView: {
            id: components["schemas"]["SenderPoolId"];
            /** @example Pengingat pesanan */
            name: string;
            /**
             * Format: int64
             * @description Its other members that may send.
             * @example 2
             */
            others: number;
        };
        /** @description One clock hour of a day. */
        HourView: {
            /**
             * Format: date-time
             * @description When it begins.
             */
            at: string;
            /**
             * Format: int64
             * @description Bulk messages in it.
             * @example 60
             */
            messages: number;
            /** @description What keeps it from holding more; `turn` is the pause between two messages. */
            binding: components["schemas"]["WaitingFor"];
        };
        /** @description The names under which WhatsApp knows a person. */
        IdentitiesView: {
            /**
             * @description The chat that is written to.
             * @example 558412345678@c.us
             */
            chat_id: string;
            /**
             * @description The username at WhatsApp, where known.
             * @example sari.w
             */
            username?: string | null;
            /** @description The forms of the number, in the order in which WhatsApp is asked for them; empty while no number is known. */
            phones: components["schemas"]["Phone"][];
            /** @description Other chats that are this person, the one that is known longest first. */
            identities: components["schemas"]["IdentityView"][];
        };
        /**
         * @description How it is known that an identity belongs to a person.
         * @enum {string}
         */
        IdentitySource: "number_check" | "lid_lookup" | "message" | "receipt" | "member";
        /** @description Another chat that is a person. */
        IdentityView: {
            /**
             * @description `<digits>@lid` or `<digits>@c.us`.
             * @example 99887766554433@lid
             */
            identity: string;
            /** @description How it is known. */
            source: components["schemas"]["IdentitySource"];
            /** Format: date-time */
            learnt_at: string;
        };
        /** @description A column of a list. */
        ImportColumnView: {
            /** @example No HP */
            name: string;
            role: components["schemas"]["ColumnRole"];
            /** @description How the role was found. */
            by: components["schemas"]["RoleSource"];
            /**
             * @description The variable under which messages use it.
             * @example no_hp
             */
            variable?: string | null;
        };
        /** @description Why an import failed. */
        ImportErrorView: {
            /**
             * @description For programs: a code of a problem.
             * @example too_many_lines
             */
            code: string;
            /**
             * @description For people: what is wrong and what to do.
             * @example the file has more than 5000000 lines. Split it
             */
            detail: string;
        };
        /** @example imp_01kb8v2m5xe7s9q4h6n0r3t8wz */
        ImportId: string;
        /** @description A person of a list. */
        ImportPersonView: {
            /**
             * Format: int64
             * @description Line in the file, from 1.
             * @example 2
             */
            line: number;
            /** @example +6281234567890 */
            phone: string;
            /** @example Sari */
            name?: string | null;
            /**
             * @example [
             *       "pelanggan"
             *     ]
             */
            tags: string[];
            /**
             * @example {
             *       "kota": "Solo"
             *     }
             */
            variables: {
                [key: string]: string;
            };
            /** @description What was taken with a reservation. */
            warnings: components["schemas"]["ListWarning"][];
        };
        /** @description What was recognised in a list. */
        ImportPreviewView: {
            format: components["schemas"]["ListFormat"];
            /** @description The program that wrote it. */
            origin: components["schemas"]["ListOrigin"];
            /**
             * @description The encoding of a text file.
             * @example windows-1252
             */
            encoding?: string | null;
            /**
             * @description The delimiter of a CSV file.
             * @example ;
             */
            delimiter?: string | null;
            /**
             * @description The sheets of a workbook.
             * @example [
             *       "Januari",
             *       "Februari"
             *     ]
             */
            sheets: string[];
            /**
             * @description The sheet that is read.
             * @example Januari
             */
            sheet?: string | null;
            /**
             * Format: int64
             * @description The line of the header; null where there is none.
             * @example 1
             */
            header_line?: number | null;
            /** @description The columns, and what they are taken for. */
            columns: components["schemas"]["ImportColumnView"][];
            /**
             * @description The first lines as they stand there.
             * @example [
             *       [
             *         "Sari",
             *         "0812-3456-7890"
             *       ]
             *     ]
             */
            rows: string[][];
            /** @description The first people. */
            people: components["schemas"]["ImportPersonView"][];
            /** @description Refused lines among the first. */
            rejects: components["schemas"]["ImportRejectView"][];
            /**
             * @description Variables of the campaign's text that every person must have, and no column has.
             * @example []
             */
            missing_variables: string[];
            /** @description What is to be told of the list as a whole. */
            warnings: components["schemas"]["ListWarning"][];
            problem?: components["schemas"]["ImportErrorView"] | null;
        };
        /** @description A refused line of a list. */
        ImportRejectView: {
            /**
             * Format: int64
             * @description Line in the file, from 1.
             * @example 3
             */
            line: number;
            /** @example No HP */
            column?: string | null;
            /** @example 0812-34 */
            value: string;
            code: components["schemas"]["RejectCode"];
            /** @example this is not a telephone number */
            reason: string;
        };
        /**
         * @description How a list is read.
         * @example {
         *       "name_column": "Nama",
         *       "phone_column": "No HP",
         *       "tag": "pelanggan"
         *     }
         */
        ImportSettingsBody: {
            /** @description Whose numbers may lack a country code; null is your organization's. */
            country?: string | null;
            /** @description Whether the first line names the columns; null is recognised. */
            header?: boolean | null;
            /** @description The sheet of a workbook; null is the first with rows. */
            sheet?: string | null;
            /** @description Which column holds the number; null is recognised. */
            phone_column?: string | null;
            /** @description Which column holds the name. */
            name_column?: string | null;
            /** @description Which column holds tags; empty is none. */
            tags_column?: string | null;
            /** @description Which column holds the time zone; empty is none. */
            time_zone_column?: string | null;
            /** @description A tag that everybody in the list gets. */
            tag?: string | null;
        };
        /** @description How a list is read. */
        ImportSettingsView: {
            /** @example ID */
            country?: string | null;
            header?: boolean | null;
            sheet?: string | null;
            /** @example No HP */
            phone_column?: string | null;
            /** @example Nama */
            name_column?: string | null;
            tags_column?: string | null;
            time_zone_column?: string | null;
            /** @example pelanggan */
            tag?: string | null;
        };
        /**
         * @description Where an import is.
         * @enum {string}
         */
        ImportState: "ready" | "checking" | "checked" | "queued" | "running" | "done" | "failed" | "undoing" | "undone";
        /** @description An import of a list of people. */
        ImportView: {
            id: components["schemas"]["ImportId"];
            campaign_id?: components["schemas"]["CampaignId"] | null;
            state: components["schemas"]["ImportState"];
            /** @example pelanggan.xlsx */
            file_name?: string | null;
            /**
             * Format: int64
             * @description Bytes of the file.
             * @example 48213
             */
            bytes: number;
            /** @description How it is read; what is null is recognised. */
            settings: components["schemas"]["ImportSettingsView"];
            /** @description What was recognised in it. */
            preview: components["schemas"]["ImportPreviewView"];
            /**
             * Format: int64
             * @description Lines with something on them that were read so far, the header not counted.
             * @example 1208
             */
            lines: number;
            /**
             * Format: int64
             * @description People who are new: to the address book, or to the campaign.
             * @example 1100
             */
            added: number;
            /**
             * Format: int64
             * @description People of the address book who were known.
             * @example 90
             */
            changed: number;
            /**
             * Format: int64
             * @description Lines whose number an earlier line had; their cells are united with it.
             * @example 10
             */
            merged: number;
            /**
             * Format: int64
             * @description Lines that were refused; all of them: `GET /imports/{id}/rejects`.
             * @example 8
             */
            rejected: number;
            /** @description How many lines were refused for each reason. */
            by_code: {
                [key: string]: number;
            };
            /** @description The first 100 refused lines; empty in lists of imports. */
            rejects: components["schemas"]["RejectView"][];
            /** @description How many lines were taken with a reservation. */
            warnings: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description People whom undoing took back.
             * @example 0
             */
            undone: number;
            error?: components["schemas"]["ImportErrorView"] | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            started_at?: string | null;
            /** Format: date-time */
            finished_at?: string | null;
        };
        /** @example job_01kb8v2m5xe7s9q4h6n0r3t8wz */
        JobId: string;
        /**
         * @description A kind of job.
         * @enum {string}
         */
        JobKind: "send_message" | "resolve_message" | "process_inbound" | "sync_session" | "restart_session" | "logout_session" | "move_session" | "check_account" | "recover_events" | "check_numbers" | "resolve_lids" | "name_groups" | "run_import" | "prepare_media";
        JobKindCode: components["schemas"]["JobKind"] | string;
        /**
         * @description How far a job is; of a send whose job is over, how far its message is.
         * @enum {string}
         */
        JobOrMessageState: "pending" | "released" | "running" | "dead" | "accepted" | "scheduled" | "queued" | "sending" | "unknown" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled" | "received";
        /** @description What happened, oldest first. */
        JobTimelineView: {
            items: components["schemas"]["StepView"][];
        };
        /** @description A job, or a send that is over. */
        JobView: {
            id: components["schemas"]["JobId"];
            message_id?: components["schemas"]["MessageId"] | null;
            organization_id: components["schemas"]["OrganizationId"];
            kind: components["schemas"]["JobKindCode"];
            /** @description How far it is; when the job is over, how far its message is. */
            state: components["schemas"]["JobOrMessageState"];
            session_id?: components["schemas"]["SessionId"] | null;
            campaign_id?: components["schemas"]["CampaignId"] | null;
            /**
             * @description The number without a plus, or the chat.
             * @example 6281234567890
             */
            recipient?: string | null;
            /**
             * Format: int32
             * @description Attempts so far; null when it is over.
             */
            attempts?: number | null;
            /**
             * Format: date-time
             * @description When it is due; null when it is over.
             */
            run_at?: string | null;
            /** @description The worker that has it. */
            owner?: string | null;
            code?: components["schemas"]["ReasonCode"] | null;
            detail?: string | null;
            /** Format: date-time */
            created_at: string;
        };
        /**
         * @description A chat that is the person of a contact.
         * @example {
         *       "identity": "99887766554433@lid"
         *     }
         */
        JoinIdentity: {
            /** @description The LID, `<digits>@lid`. */
            identity: string;
        };
        /** @description The lane of a session. */
        LaneView: {
            /** @description Messages that somebody waits for. */
            transactional: components["schemas"]["LineView"];
            /** @description Campaigns and other bulk messages. */
            bulk: components["schemas"]["LineView"];
            /**
             * Format: int32
             * @description Messages sent in the last 24 hours.
             * @example 214
             */
            sent_24h: number;
            /**
             * Format: int32
             * @description Of those, chats begun.
             * @example 18
             */
            new_chats_24h: number;
        };
        /**
         * @description A language that the dashboard speaks: its ISO 639-1 code.
         * @enum {string}
         */
        Language: "en" | "id";
        /** @description The newest message of a chat. */
        LastMessageView: {
            id: components["schemas"]["MessageId"];
            direction: components["schemas"]["Direction"];
            state: components["schemas"]["MessageState"];
            /** @description What it is. */
            type: components["schemas"]["ContentType"];
            /**
             * @description The first 200 characters of its text or caption.
             * @example Apakah motif ini masih ada?
             */
            preview?: string | null;
            /** Format: date-time */
            at: string;
        };
        /** @description People who are left out for one reason. */
        LeftOutCountView: {
            /** @description `suppressed`, `no_consent`, `not_on_whatsapp` or `missing_variable`. */
            code: components["schemas"]["Reason"];
            /**
             * Format: int64
             * @example 14
             */
            people: number;
            /**
             * @description What to do about it.
             * @example Nothing has to be done.
             */
            remedy: string;
        };
        /** @description Why a person would not get the message. */
        LeftOutView: {
            /** @description `suppressed`, `no_consent`, `not_on_whatsapp`, `missing_variable`, `bad_content` or `bad_template`. */
            code: components["schemas"]["Reason"];
            /** @description The variables without a value. */
            missing: string[];
            /**
             * @description What to do about it.
             * @example Add it to your list, or give the variable a fallback.
             */
            remedy: string;
        };
        /** @default 50 */
        Limit: number;
        /** @description One of the two lines of a lane. */
        LineView: {
            waiting?: components["schemas"]["WaitingView"] | null;
            /**
             * Format: int32
             * @description Messages that the caps still allow; null for no limit.
             */
            left?: number | null;
            /**
             * Format: int32
             * @description Chats that may still be begun today; null for no limit.
             */
            new_chats_left?: number | null;
            /**
             * Format: date-time
             * @description When a window closes next.
             */
            open_until?: string | null;
        };
        /** @description A form with one file. */
        ListForm: {
            /**
             * Format: binary
             * @description The CSV file.
             */
            file: string;
        };
        /**
         * @description Format of a list of people.
         * @enum {string}
         */
        ListFormat: "csv" | "xlsx" | "ods" | "vcard";
        /**
         * @description The program that wrote a list of people, as its columns tell.
         * @enum {string}
         */
        ListOrigin: "wahana" | "google" | "outlook" | "hubspot" | "odoo" | "shopify" | "mailchimp" | "address_book" | "other";
        /**
         * @description What an import took with a reservation.
         * @enum {string}
         */
        ListWarning: "guessed_column" | "no_header" | "bad_time_zone" | "sheet_error" | "old_number";
        /**
         * @description The login of a user.
         * @example {
         *       "email": "sari@tokobatik.example",
         *       "password": "kuda terbang tinggi"
         *     }
         */
        Login: {
            email: string;
            /** Format: password */
            password: string;
            organization_id?: components["schemas"]["OrganizationId"] | null;
            /**
             * Format: password
             * @description Of an earlier login on this device: then it is not slowed down by strangers who try passwords of this account.
             *     The dashboard keeps it in a cookie.
             */
            device_token?: string | null;
        };
        /** @description An act that stands in the audit log. */
        MadeAct: {
            /**
             * @description Such as `campaign.create`.
             * @example campaign.create
             */
            action: string;
            /**
             * @description To what: an id, a number, or the name of a queue.
             * @example cam_01kb8v2m5xe7s9q4h6n0r3t8wz
             */
            target?: string | null;
        };
        /** @example med_01kb8v2m5xe7s9q4h6n0r3t8wz */
        MediaId: string;
        /**
         * @description A way to send a file.
         * @enum {string}
         */
        MediaKind: "image" | "video" | "document" | "voice";
        /** @description How a file may be sent. */
        MediaLimitView: {
            kind: components["schemas"]["MediaKind"];
            /**
             * Format: int64
             * @description Largest file, in bytes.
             * @example 5242880
             */
            max_bytes: number;
            /**
             * @description The formats that WhatsApp takes, for people.
             * @example [
             *       "JPEG",
             *       "PNG"
             *     ]
             */
            takes: string[];
            /** @description Whether other formats are converted: by a worker that runs now. */
            converts: boolean;
        };
        /** @description The ways to send a file. */
        MediaLimitsView: {
            items: components["schemas"]["MediaLimitView"][];
        };
        /** @description A file of a message. */
        MediaRef: components["schemas"]["MediaSource"] & {
            /** @description Like `image/png`. */
            mimetype: string;
            /** @description What the recipient sees as its name. */
            filename?: string | null;
        };
        /** @description Where a file comes from. */
        MediaSource: {
            /** @description Uploaded to us before (`POST /v1/media`). */
            id: components["schemas"]["MediaId"];
        } | {
            /** @description Fetched by us, never by WAHA, before the message is sent: public http(s) addresses only. */
            url: string;
        };
        /** @description An uploaded file. */
        MediaView: {
            id: components["schemas"]["MediaId"];
            /**
             * @description What its bytes say that it is; what you said, where they say nothing.
             * @example application/pdf
             */
            mimetype: string;
            /**
             * @description The name of its format.
             * @example PDF
             */
            format: string;
            /** @example katalog.pdf */
            filename?: string | null;
            /**
             * @description In bytes.
             * @example 48213
             */
            size: number;
        };
        /**
         * @description Whether a member of a sender pool sends.
         * @enum {string}
         */
        MemberStanding: "sends" | "rests" | "out";
        /** @description How a member of a pool stands now, for messages of class bulk. */
        MemberStatusView: {
            session_id: components["schemas"]["SessionId"];
            /** @example Toko Batik Sari */
            name: string;
            enabled: boolean;
            /** @description Whether it sends. */
            standing: components["schemas"]["MemberStanding"];
            waiting_for?: components["schemas"]["WaitingFor"] | null;
            code?: components["schemas"]["ReasonCode"] | null;
            /**
             * Format: date-time
             * @description Until when, if that is known.
             */
            until?: string | null;
            /**
             * Format: int32
             * @description Its share as you set it.
             * @example 100
             */
            weight: number;
            /**
             * Format: int32
             * @description Its share now: less the more of its daily cap is used up; 0 while it does not send.
             * @example 100
             */
            weight_in_force: number;
            /**
             * Format: int64
             * @description Messages of the pool that wait for it.
             * @example 40
             */
            waiting: number;
            /**
             * Format: int64
             * @description People who keep it.
             * @example 310
             */
            contacts: number;
            /**
             * Format: int64
             * @description Messages that came to it from its peers.
             * @example 0
             */
            moved_in: number;
            /**
             * Format: int64
             * @description Messages that went from it to its peers.
             * @example 2
             */
            moved_out: number;
        };
        /** @description A session of a pool. */
        MemberView: {
            session_id: components["schemas"]["SessionId"];
            /**
             * Format: int32
             * @description Its share beside the others.
             * @example 100
             */
            weight: number;
            /** @description Whether it gets messages. */
            enabled: boolean;
        };
        /** @description What any message says, whichever way it went. */
        MessageContent: components["schemas"]["Content"] | components["schemas"]["ReceivedContent"];
        /** @description What went wrong with a message. */
        MessageErrorView: {
            /** @description For programs. */
            code: components["schemas"]["ReasonCode"];
            /**
             * @description For people.
             * @example the number has no WhatsApp account
             */
            detail?: string | null;
        };
        /**
         * @description One thing that happened to a message.
         * @enum {string}
         */
        MessageEvent: "accepted" | "received" | "scheduled" | "attempt" | "moved" | "sent" | "delivered" | "read" | "failed" | "expired" | "cancelled";
        /** @example msg_01kb8v2m5xe7s9q4h6n0r3t8wz */
        MessageId: string;
        /**
         * @description The state of a message.
         * @enum {string}
         */
        MessageState: "accepted" | "scheduled" | "queued" | "sending" | "unknown" | "sent" | "delivered" | "read" | "played" | "failed" | "expired" | "cancelled" | "received";
        /** @description A message, sent or received. */
        MessageView: {
            id: components["schemas"]["MessageId"];
            session_id: components["schemas"]["SessionId"];
            campaign_id?: components["schemas"]["CampaignId"] | null;
            pool_id?: components["schemas"]["SenderPoolId"] | null;
            direction: components["schemas"]["Direction"];
            class: components["schemas"]["Class"];
            state: components["schemas"]["MessageState"];
            /**
             * @description WhatsApp's chat: `<digits>@c.us`, `<id>@g.us` or `<digits>@lid`. Of a sent message the one that was written to:
             *     WhatsApp may know the person under another form of the number.
             * @example 6281234567890@c.us
             */
            chat_id: string;
            phone?: components["schemas"]["Phone"] | null;
            /** @description What it says: as it was given to this API, or, with `origin`, as WhatsApp told it. */
            content: components["schemas"]["MessageContent"];
            media?: components["schemas"]["ReceivedMediaView"] | null;
            author?: components["schemas"]["AuthorView"] | null;
            /** @description Reactions to it, the newest of each person. */
            reactions: components["schemas"]["ReactionView"][];
            group?: components["schemas"]["GroupReceiptsView"] | null;
            /** @description WhatsApp's id of it. */
            whatsapp_id?: string | null;
            /** Format: date-time */
            send_at?: string | null;
            /** Format: date-time */
            expires_at?: string | null;
            error?: components["schemas"]["MessageErrorView"] | null;
            waiting?: components["schemas"]["WaitingView"] | null;
            /**
             * Format: date-time
             * @description When it was accepted; of a received one, when it came here.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When WhatsApp took it; of a received one, when it was sent, by WhatsApp's clock.
             */
            sent_at?: string | null;
            /** Format: date-time */
            delivered_at?: string | null;
            /** Format: date-time */
            read_at?: string | null;
            /**
             * Format: date-time
             * @description When nobody had to wait for it any more.
             */
            settled_at?: string | null;
            /**
             * Format: date-time
             * @description When its author last changed its words on WhatsApp; `content` has the new ones.
             */
            edited_at?: string | null;
            /**
             * Format: date-time
             * @description When its author deleted it for everyone; its content is of the type `deleted` then.
             */
            deleted_at?: string | null;
        };
        /** @description Messages since midnight. */
        MessagesToday: {
            /**
             * Format: date-time
             * @description Midnight in the organization's zone.
             */
            since: string;
            /**
             * Format: int64
             * @description Messages that left, all of them.
             * @example 820
             */
            sent: number;
            /** @description Messages by state, received ones too; of the newest 5,000. */
            by_state: {
                [key: string]: number;
            };
            /** @description Whether those are all of today. */
            complete: boolean;
        };
        /** @description A variable that people lack. */
        MissingVariableView: {
            /** @example order */
            name: string;
            /**
             * Format: int64
             * @example 112
             */
            people: number;
        };
        /** @description What a move does. */
        MovePlanView: {
            session_id: components["schemas"]["SessionId"];
            from_node_id: components["schemas"]["NodeId"];
            to_node_id: components["schemas"]["NodeId"];
            /** @description Whether somebody has to scan it again. */
            needs_scan: boolean;
            move_id?: components["schemas"]["SessionMoveId"] | null;
        };
        /**
         * @description Why a session moves to another WAHA server.
         * @enum {string}
         */
        MoveReason: "operator" | "drain" | "dead_node";
        MoveReasonCode: components["schemas"]["MoveReason"] | string;
        /**
         * @example {
         *       "dry_run": true,
         *       "node_id": "nod_01kb8v2m5xe7s9q4h6n0r3t8wz"
         *     }
         */
        MoveSession: {
            node_id?: components["schemas"]["NodeId"] | null;
            /**
             * @description Move it although somebody will have to scan it again.
             * @default false
             */
            may_scan: boolean;
            /**
             * @description You vouch that the old node runs it no more, so it is not asked. If it does run, the phone is logged out.
             * @default false
             */
            force: boolean;
            /**
             * @description Only tell what would happen.
             * @default false
             */
            dry_run: boolean;
        };
        /**
         * @description How far the move of a session is.
         * @enum {string}
         */
        MoveState: "moving" | "done" | "failed";
        MoveStateCode: components["schemas"]["MoveState"] | string;
        /** @description A move of a session. */
        MoveView: {
            id: components["schemas"]["SessionMoveId"];
            session_id: components["schemas"]["SessionId"];
            from_node_id: components["schemas"]["NodeId"];
            to_node_id: components["schemas"]["NodeId"];
            reason: components["schemas"]["MoveReasonCode"];
            forced: boolean;
            needs_scan: boolean;
            state: components["schemas"]["MoveStateCode"];
            /** @description What it ran into last. */
            error?: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            finished_at?: string | null;
        };
        /** @description The newest moves. */
        MovesView: {
            items: components["schemas"]["MoveView"][];
        };
        /** @description A key that was just made. */
        NewApiKeyView: {
            /**
             * @description The key itself. It cannot be shown again.
             * @example wah_4fQ0b1JmZl8xUe7nK2sVt9yRw3pDc6hGaLqE5T
             */
            key: string;
            api_key: components["schemas"]["ApiKeyView"];
        };
        /** @description A session of a pool to make. */
        NewMember: {
            session_id: components["schemas"]["SessionId"];
            /**
             * Format: int32
             * @description Its share beside the others.
             * @default 100
             */
            weight: number;
            /** @default true */
            enabled: boolean;
        };
        /** @description A link that was just made. */
        NewPairingLinkView: {
            /**
             * @description Stands in the address of the dashboard's page `/pair/{token}`. It cannot be shown again.
             * @example wpl_Zl8xUe7nK2sVt9yRw3pDc6hGaLqE5TbX94fQ0b1Jm7H
             */
            token: string;
            link: components["schemas"]["PairingLinkView"];
        };
        /** @description WAHA servers by health. */
        NodeCountsView: {
            /**
             * Format: int32
             * @example 3
             */
            healthy: number;
            /**
             * Format: int32
             * @example 0
             */
            degraded: number;
            /**
             * Format: int32
             * @example 0
             */
            dead: number;
            /**
             * Format: int32
             * @description Not asked yet.
             * @example 0
             */
            unknown: number;
            /**
             * Format: int32
             * @example 1
             */
            cordoned: number;
            /**
             * Format: int64
             * @description Sessions that fit in all, and those that are placed.
             * @example 1500
             */
            capacity: number;
            /**
             * Format: int64
             * @example 340
             */
            sessions: number;
        };
        /**
         * @description What a WAHA server lacks because of its version or engine (`waha_versions`).
         * @enum {string}
         */
        NodeGap: "client_ids" | "restrictions";
        /**
         * @description Whether a node answers.
         * @enum {string}
         */
        NodeHealth: "unknown" | "healthy" | "degraded" | "dead";
        /** @example nod_01kb8v2m5xe7s9q4h6n0r3t8wz */
        NodeId: string;
        /** @description A WAHA server. */
        NodeView: {
            id: components["schemas"]["NodeId"];
            /** @example waha-1 */
            name: string;
            /** @example http://waha-1:3000 */
            base_url: string;
            /**
             * @description Its engine and version, once it answered.
             * @example NOWEB
             */
            engine?: string | null;
            /** @example 2026.7.1 */
            version?: string | null;
            /** @description What it lacks because of its version or engine. */
            gaps: components["schemas"]["NodeGap"][];
            /**
             * Format: int32
             * @description Most sessions it takes.
             * @example 500
             */
            capacity: number;
            /**
             * Format: int64
             * @description Sessions placed on it, and how many of them work.
             * @example 120
             */
            sessions: number;
            /**
             * Format: int64
             * @example 117
             */
            working: number;
            health: components["schemas"]["NodeHealth"];
            /** Format: date-time */
            health_since: string;
            /**
             * Format: date-time
             * @description When it last answered, and why it did not when it was last asked.
             */
            seen_at?: string | null;
            error?: string | null;
            /** @description Whether it takes no new sessions. */
            cordoned: boolean;
            drain?: components["schemas"]["DrainView"] | null;
            /** @description Words to place sessions by. */
            labels: {
                [key: string]: string;
            };
            /** @description Nodes of one group share WAHA's session storage: sessions move between them without a new scan. */
            storage_group?: string | null;
            /**
             * Format: int32
             * @description Most messages a minute of all its sessions together; null is no limit.
             * @example 600
             */
            messages_per_minute?: number | null;
            /** @description What a person has to do; null if nothing. */
            attention?: string | null;
            /** Format: date-time */
            created_at: string;
        };
        /** @description All nodes. */
        NodesView: {
            items: components["schemas"]["NodeView"][];
        };
        /** @example chk_01kb8v2m5xe7s9q4h6n0r3t8wz */
        NumberCheckId: string;
        /**
         * @description What is asked before a first message to somebody.
         * @enum {string}
         */
        NumberCheckMode: "skip" | "prefer" | "require";
        /** @description Numbers that are checked together. */
        NumberCheckView: {
            id: components["schemas"]["NumberCheckId"];
            session_id: components["schemas"]["SessionId"];
            /** Format: date-time */
            created_at: string;
            /**
             * @description How many still wait.
             * @example 0
             */
            waiting: number;
            /** @description In the order in which they were given. */
            items: components["schemas"]["NumberView"][];
            /** @description Those that are no telephone numbers: told when the check is asked for, and not kept. */
            refused: components["schemas"]["RefusedNumberView"][];
        };
        /** @description What is known of a number. */
        NumberView: {
            phone: components["schemas"]["Phone"];
            /** @description Whether it has WhatsApp; null while it waits to be checked. */
            on_whatsapp?: boolean | null;
            /**
             * @description The chat to write to; in some countries it differs from the number.
             * @example 6281234567890@c.us
             */
            chat_id?: string | null;
            /**
             * Format: date-time
             * @description When WhatsApp was asked.
             */
            checked_at?: string | null;
            /**
             * Format: date-time
             * @description Until when the answer is believed; then it is asked again.
             */
            expires_at?: string | null;
        };
        /** @description The first steps; each ticks itself off when it has happened. */
        OnboardingView: {
            /** @description Always true: there is one. */
            organization: boolean;
            /** @description A phone is paired, or was when its session was deleted. */
            session_paired: boolean;
            /** @description A message left. */
            message_sent: boolean;
            /** @description A campaign was started or planned. */
            campaign_started: boolean;
        };
        /** @description What a link shows. */
        OpenedView: {
            /**
             * @description The session's name.
             * @example Toko Batik Sari
             */
            name: string;
            status: components["schemas"]["SessionStatus"];
            /** @description The same in one of three words: connected, pairing, disconnected. */
            simple_status: components["schemas"]["SimpleStatus"];
            /**
             * Format: date-time
             * @description When the link ends.
             */
            expires_at: string;
        };
        /** @description The installation at a glance. */
        OperatorOverviewView: {
            /** @description Each queue when a scheduler last looked; none when that is over ten minutes ago. */
            queues: components["schemas"]["QueueView"][];
            /**
             * Format: double
             * @description The longest that anything waits for nothing but a free worker; null while no scheduler tells.
             */
            oldest_runnable_seconds?: number | null;
            workers: components["schemas"]["ProcessesView"];
            schedulers: components["schemas"]["ProcessesView"];
            nodes: components["schemas"]["NodeCountsView"];
            /**
             * Format: int64
             * @description Jobs that gave up, of all organizations.
             * @example 0
             */
            dead_letters: number;
        };
        /**
         * @description What an opt-out ends.
         * @enum {string}
         */
        OptOutScope: "marketing" | "all";
        /** @example org_01kb8v2m5xe7s9q4h6n0r3t8wz */
        OrganizationId: string;
        /** @description An organization. */
        OrganizationView: {
            id: components["schemas"]["OrganizationId"];
            /** @example Toko Batik Sari */
            name: string;
            /** @example standard */
            plan: string;
            /**
             * @description IANA name of the zone that days are counted in.
             * @example Asia/Jakarta
             */
            time_zone: string;
            /**
             * @description The country of numbers without a country code.
             * @example ID
             */
            default_country: string;
            /** @description What members see who chose none. */
            language: components["schemas"]["Language"];
            /** @description Colour of buttons and links in the dashboard; null: Wahana's own. */
            accent_color?: string | null;
            /** Format: date-time */
            created_at: string;
        };
        /**
         * @description Where the content of a message comes from.
         * @enum {string}
         */
        Origin: "whatsapp";
        /** @description How far a campaign is. */
        OverviewCampaign: {
            id: components["schemas"]["CampaignId"];
            /** @example Promo akhir tahun */
            name: string;
            state: components["schemas"]["CampaignState"];
            /** Format: date-time */
            started_at?: string | null;
            /**
             * Format: int32
             * @description People in it.
             * @example 1200
             */
            total: number;
            /**
             * Format: int64
             * @description Messages that left, whatever became of them.
             * @example 820
             */
            sent: number;
            /**
             * Format: int64
             * @description Of those, delivered; of those, read.
             * @example 790
             */
            delivered: number;
            /**
             * Format: int64
             * @example 512
             */
            read: number;
            /**
             * Format: int64
             * @description Messages that will not leave: failed, expired or cancelled.
             * @example 6
             */
            failed: number;
        };
        /** @description Campaigns that have not ended. */
        OverviewCampaigns: {
            /**
             * Format: int64
             * @example 1
             */
            running: number;
            /**
             * Format: int64
             * @example 2
             */
            scheduled: number;
            /**
             * Format: int64
             * @example 0
             */
            paused: number;
            /** @description The newest five of them, running ones first. */
            items: components["schemas"]["OverviewCampaign"][];
        };
        /** @description What waits in the inbox. */
        OverviewInbox: {
            /**
             * Format: int64
             * @description Conversations in which somebody wrote last and nobody looked, counted among the newest 1,000 unread.
             * @example 4
             */
            replies_waiting: number;
            /**
             * Format: int64
             * @description Conversations with something unread.
             * @example 3
             */
            unread_conversations: number;
            /**
             * Format: int64
             * @description Messages in them.
             * @example 7
             */
            unread_messages: number;
        };
        /** @description How many requests there were. */
        OverviewRequests: {
            /**
             * Format: int64
             * @example 1840
             */
            requests: number;
            /**
             * Format: int64
             * @description Answered with a status of 400 to 499.
             * @example 6
             */
            client_errors: number;
            /**
             * Format: int64
             * @description Answered with a status of 500 or more.
             * @example 0
             */
            server_errors: number;
        };
        /** @description Sessions that are alike. */
        OverviewSessions: {
            status: components["schemas"]["SessionStatus"];
            health: components["schemas"]["Health"];
            /**
             * Format: int64
             * @example 3
             */
            sessions: number;
        };
        /** @description What an organization sees at a glance. */
        OverviewView: {
            /** Format: date-time */
            at: string;
            onboarding: components["schemas"]["OnboardingView"];
            campaigns: components["schemas"]["OverviewCampaigns"];
            inbox: components["schemas"]["OverviewInbox"];
            /** @description Its sessions by what WAHA says of them and how they are. */
            sessions: components["schemas"]["OverviewSessions"][];
            messages_today: components["schemas"]["MessagesToday"];
            /** @description What its keys and members asked of the API; see `list_requests` for which of it counts. */
            requests_last_hour: components["schemas"]["OverviewRequests"];
            /**
             * Format: int64
             * @description Jobs that gave up, counted up to 10,000.
             * @example 0
             */
            dead_letters: number;
        };
        /** @description Words that opt out or in when a message says nothing else. */
        OwnWordView: {
            /**
             * @description Case, accents and marks do not matter.
             * @example stop promo
             */
            words: string;
            intent: components["schemas"]["ReplyIntent"];
            /** @description What an opt-out with these words ends. */
            scope: components["schemas"]["OptOutScope"];
        };
        /** @description The pace of one session. Every limit holds at once; the strictest wins. */
        PacingPolicy: {
            /**
             * Format: int32
             * @description Shortest pause between two messages, in milliseconds.
             * @default 30000
             */
            gap_min_ms: number;
            /**
             * Format: int32
             * @description Longest pause between two messages, in milliseconds; each pause is drawn between the two, most of them
             *     somewhat below the middle, a few near the end.
             * @default 60000
             */
            gap_max_ms: number;
            /** @default null */
            breaks: components["schemas"]["Breaks"] | null;
            /**
             * Format: int32
             * @description Most messages in one calendar day of `time_zone`; none means no cap. Transactional messages are never held
             *     back by a cap, they have their share of it (`hi_share_percent`).
             * @default 1000
             */
            daily_cap: number | null;
            /**
             * Format: int32
             * @description Most messages in one clock hour; none means no cap.
             * @default null
             */
            hourly_cap: number | null;
            /**
             * Format: int32
             * @description How much of each cap is kept for transactional messages, in percent; bulk messages get the rest.
             * @default 20
             */
            hi_share_percent: number;
            /**
             * Format: int32
             * @description Most chats begun in one calendar day; none means no cap.
             * @default null
             */
            new_chats_per_day: number | null;
            /** @default null */
            warm_up: components["schemas"]["WarmUp"] | null;
            /** @default null */
            quiet_hours: components["schemas"]["DayWindow"] | null;
            /** @default null */
            send_window: components["schemas"]["DayWindow"] | null;
            /** @default null */
            typing: components["schemas"]["Typing"] | null;
            /**
             * @description IANA name of the zone that days and the sender's windows are counted in.
             * @default Asia/Jakarta
             * @example Asia/Jakarta
             */
            time_zone: string;
        };
        /** @description One page of a list, newest first. */
        PageView_ApiKeyView: {
            /** @description The rows. */
            items: {
                id: components["schemas"]["ApiKeyId"];
                /** @example kasir */
                name: string;
                /**
                 * @description Its beginning, to tell keys apart.
                 * @example wah_4fQ0b1Jm
                 */
                prefix: string;
                scopes: components["schemas"]["Scope"][];
                created_by?: components["schemas"]["UserId"] | null;
                /** Format: date-time */
                created_at: string;
                /** Format: date-time */
                expires_at?: string | null;
                /**
                 * Format: date-time
                 * @description To the minute.
                 */
                last_used_at?: string | null;
                replaced_by?: components["schemas"]["ApiKeyId"] | null;
            }[];
            /** @description Give it as `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list, newest first. */
        PageView_AuditEventView: {
            /** @description The rows. */
            items: {
                id: components["schemas"]["AuditEventId"];
                organization_id?: components["schemas"]["OrganizationId"] | null;
                actor_kind: components["schemas"]["ActorKindCode"];
                /**
                 * @description Who: an email address, the name of a key, an account of the machine.
                 * @example sari@tokobatik.example
                 */
                actor: string;
                /**
                 * @description What was done, such as `campaign.pause`.
                 * @example campaign.pause
                 */
                action: string;
                /**
                 * @description To what: an id, a number, or the name of a queue.
                 * @example cam_01kb8v2m5xe7s9q4h6n0r3t8wz
                 */
                target?: string | null;
                /** @description What changed. */
                detail: Record<string, never>;
                /**
                 * @description The request it was done with.
                 * @example req_01kb8v2m5xe7s9
                 */
                request_id?: string | null;
                /**
                 * @description Where the request came from.
                 * @example 203.0.113.7
                 */
                address?: string | null;
                /** Format: date-time */
                at: string;
            }[];
            /** @description Give it as `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list, newest first. */
        PageView_BusyLaneView: {
            /** @description The rows. */
            items: {
                session_id: components["schemas"]["SessionId"];
                /** @example Toko Batik Sari */
                session_name: string;
                status: components["schemas"]["SessionStatus"];
                organization_id: components["schemas"]["OrganizationId"];
                /** @example Toko Batik Sari */
                organization_name: string;
                /**
                 * Format: int64
                 * @description Jobs that are due and have not begun, counted up to 1,000.
                 * @example 40
                 */
                runnable: number;
                /**
                 * Format: int64
                 * @description Of those, in Redis.
                 * @example 12
                 */
                released: number;
                /**
                 * Format: int64
                 * @description Jobs that are not due yet, counted up to 1,000.
                 * @example 0
                 */
                later: number;
                /**
                 * Format: int64
                 * @description Jobs that run.
                 * @example 1
                 */
                running: number;
                /**
                 * Format: date-time
                 * @description Since when the oldest due job waits.
                 */
                oldest_at?: string | null;
                waiting?: components["schemas"]["WaitingView"] | null;
            }[];
            /** @description Give it as `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list, newest first. */
        PageView_CampaignView: {
            /** @description The rows. */
            items: {
                id: components["schemas"]["CampaignId"];
                /**
                 * Format: int32
                 * @description Grows with each change of name, text, audience, pace or senders; start it with the one that you looked at.
                 * @example 4
                 */
                version: number;
                /** @example Promo akhir tahun */
                name: string;
                /** @description Its words are a template: `{Hi|Hello} {{name|friend}}`. */
                content: components["schemas"]["Content"];
                state: components["schemas"]["CampaignState"];
                session_ids: components["schemas"]["SessionId"][];
                pool_id?: components["schemas"]["SenderPoolId"] | null;
                /**
                 * @description The variables of the template; those in `required` every recipient must have.
                 * @example [
                 *       "name",
                 *       "order"
                 *     ]
                 */
                variables: string[];
                /**
                 * @example [
                 *       "order"
                 *     ]
                 */
                required: string[];
                /** @description Whether numbers are checked before strangers are written to. */
                check_number: components["schemas"]["NumberCheckMode"];
                /** @description What it is for: somebody who wants no marketing may still get information. */
                kind: components["schemas"]["CampaignKind"];
                /**
                 * Format: int32
                 * @description Recipients.
                 * @example 1200
                 */
                total: number;
                /**
                 * Format: int32
                 * @description Refused lines of all uploads; duplicates and suppressed ones included.
                 * @example 8
                 */
                rejected: number;
                /**
                 * Format: int32
                 * @example 3
                 */
                duplicates: number;
                /**
                 * Format: int32
                 * @example 14
                 */
                suppressed: number;
                /** @description Its own rate, window and deadline. */
                pace: components["schemas"]["CampaignPace"];
                /** Format: date-time */
                send_at?: string | null;
                /** Format: date-time */
                started_at?: string | null;
                /** Format: date-time */
                finished_at?: string | null;
                end_reason?: components["schemas"]["EndReason"] | null;
                /** @description Whether it goes on after its deadline, because the person who started or resumed it accepted that. */
                late_accepted: boolean;
                /** Format: date-time */
                created_at: string;
                /** Format: date-time */
                updated_at: string;
                /**
                 * @description The member or key that changed it last, for people.
                 * @example sari@toko.example
                 */
                changed_by?: string | null;
            }[];
            /** @description Give it as `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list, newest first. */
        PageView_ContactView: {
            /** @description The rows. */
            items: {
                id: components["schemas"]["ContactId"];
                phone?: components["schemas"]["Phone"] | null;
                /**
                 * @description The LID under which WhatsApp knows the person, while no number is known.
                 * @example null
                 */
                lid?: string | null;
                /**
                 * @description The username at WhatsApp, where known.
                 * @example sari.w
                 */
                username?: string | null;
                /** @example Sari Wulandari */
                name?: string | null;
                /**
                 * @description What templates may be filled with.
                 * @example {
                 *       "city": "Jakarta"
                 *     }
                 */
                attributes: {
                    [key: string]: string;
                };
                /**
                 * @example [
                 *       "pelanggan",
                 *       "jakarta"
                 *     ]
                 */
                tags: string[];
                /** Format: date-time */
                created_at: string;
                /** Format: date-time */
                updated_at: string;
            }[];
            /** @description Give it as `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list, newest first. */
        PageView_ConversationView: {
            /** @description The rows. */
            items: {
                id: components["schemas"]["ConversationId"];
                session_id: components["schemas"]["SessionId"];
                /**
                 * @description WhatsApp's chat, `<digits>@c.us`, `<id>@g.us` or `<id>@lid`: give it as `to` of a reply.
                 * @example 6281234567890@c.us
                 */
                chat_id: string;
                /** @description Whether several people write there. */
                group: boolean;
                phone?: components["schemas"]["Phone"] | null;
                /**
                 * @description The username at WhatsApp, where known.
                 * @example sari.w
                 */
                username?: string | null;
                /**
                 * @description The name in the address book, else what the person calls themself.
                 * @example Sari Wulandari
                 */
                name?: string | null;
                contact_id?: components["schemas"]["ContactId"] | null;
                suppressed?: components["schemas"]["SuppressionReasonCode"] | null;
                /**
                 * Format: int32
                 * @description Messages that came since somebody looked.
                 * @example 2
                 */
                unread: number;
                /** @description The newest message of both sides. */
                last_message: components["schemas"]["LastMessageView"];
                /** Format: date-time */
                created_at: string;
            }[];
            /** @description Give it as `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list, newest first. */
        PageView_DeadLetterView: {
            /** @description The rows. */
            items: {
                id: components["schemas"]["JobId"];
                kind: components["schemas"]["JobKindCode"];
                /** @description The ids it is about. */
                payload: Record<string, never>;
                /**
                 * Format: int32
                 * @example 5
                 */
                attempts: number;
                code?: components["schemas"]["ReasonCode"] | null;
                /** @example the file is gone */
                detail?: string | null;
                /** Format: date-time */
                created_at: string;
            }[];
            /** @description Give it as `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list, newest first. */
        PageView_ImportView: {
            /** @description The rows. */
            items: {
                id: components["schemas"]["ImportId"];
                campaign_id?: components["schemas"]["CampaignId"] | null;
                state: components["schemas"]["ImportState"];
                /** @example pelanggan.xlsx */
                file_name?: string | null;
                /**
                 * Format: int64
                 * @description Bytes of the file.
                 * @example 48213
                 */
                bytes: number;
                /** @description How it is read; what is null is recognised. */
                settings: components["schemas"]["ImportSettingsView"];
                /** @description What was recognised in it. */
                preview: components["schemas"]["ImportPreviewView"];
                /**
                 * Format: int64
                 * @description Lines with something on them that were read so far, the header not counted.
                 * @example 1208
                 */
                lines: number;
                /**
                 * Format: int64
                 * @description People who are new: to the address book, or to the campaign.
                 * @example 1100
                 */
                added: number;
                /**
                 * Format: int64
                 * @description People of the address book who were known.
                 * @example 90
                 */
                changed: number;
                /**
                 * Format: int64
                 * @description Lines whose number an earlier line had; their cells are united with it.
                 * @example 10
                 */
                merged: number;
                /**
                 * Format: int64
                 * @description Lines that were refused; all of them: `GET /imports/{id}/rejects`.
                 * @example 8
                 */
                rejected: number;
                /** @description How many lines were refused for each reason. */
                by_code: {
                    [key: string]: number;
                };
                /** @description The first 100 refused lines; empty in lists of imports. */
                rejects: components["schemas"]["RejectView"][];
                /** @description How many lines were taken with a reservation. */
                warnings: {
                    [key: string]: number;
                };
                /**
                 * Format: int64
                 * @description People whom undoing took back.
                 * @example 0
                 */
                undone: number;
                error?: components["schemas"]["ImportErrorView"] | null;
                /** Format: date-time */
                created_at: string;
                /** Format: date-time */
                started_at?: string | null;
                /** Format: date-time */
                finished_at?: string | null;
            }[];
            /** @description Give it as `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list, newest first. */
        PageView_JobView: {
            /** @description The rows. */
            items: {
                id: components["schemas"]["JobId"];
                message_id?: components["schemas"]["MessageId"] | null;
                organization_id: components["schemas"]["OrganizationId"];
                kind: components["schemas"]["JobKindCode"];
                /** @description How far it is; when the job is over, how far its message is. */
                state: components["schemas"]["JobOrMessageState"];
                session_id?: components["schemas"]["SessionId"] | null;
                campaign_id?: components["schemas"]["CampaignId"] | null;
                /**
                 * @description The number without a plus, or the chat.
                 * @example 6281234567890
                 */
                recipient?: string | null;
                /**
                 * Format: int32
                 * @description Attempts so far; null when it is over.
                 */
                attempts?: number | null;
                /**
                 * Format: date-time
                 * @description When it is due; null when it is over.
                 */
                run_at?: string | null;
                /** @description The worker that has it. */
                owner?: string | null;
                code?: components["schemas"]["ReasonCode"] | null;
                detail?: string | null;
                /** Format: date-time */
                created_at: string;
            }[];
            /** @description Give it as `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list, newest first. */
        PageView_MessageView: {
            /** @description The rows. */
            items: {
                id: components["schemas"]["MessageId"];
                session_id: components["schemas"]["SessionId"];
                campaign_id?: components["schemas"]["CampaignId"] | null;
                pool_id?: components["schemas"]["SenderPoolId"] | null;
                direction: components["schemas"]["Direction"];
                class: components["schemas"]["Class"];
                state: components["schemas"]["MessageState"];
                /**
                 * @description WhatsApp's chat: `<digits>@c.us`, `<id>@g.us` or `<digits>@lid`. Of a sent message the one that was written to:
                 *     WhatsApp may know the person under another form of the number.
                 * @example 6281234567890@c.us
                 */
                chat_id: string;
                phone?: components["schemas"]["Phone"] | null;
                /** @description What it says: as it was given to this API, or, with `origin`, as WhatsApp told it. */
                content: components["schemas"]["MessageContent"];
                media?: components["schemas"]["ReceivedMediaView"] | null;
                author?: components["schemas"]["AuthorView"] | null;
                /** @description Reactions to it, the newest of each person. */
                reactions: components["schemas"]["ReactionView"][];
                group?: components["schemas"]["GroupReceiptsView"] | null;
                /** @description WhatsApp's id of it. */
                whatsapp_id?: string | null;
                /** Format: date-time */
                send_at?: string | null;
                /** Format: date-time */
                expires_at?: string | null;
                error?: components["schemas"]["MessageErrorView"] | null;
                waiting?: components["schemas"]["WaitingView"] | null;
                /**
                 * Format: date-time
                 * @description When it was accepted; of a received one, when it came here.
                 */
                created_at: string;
                /**
                 * Format: date-time
                 * @description When WhatsApp took it; of a received one, when it was sent, by WhatsApp's clock.
                 */
                sent_at?: string | null;
                /** Format: date-time */
                delivered_at?: string | null;
                /** Format: date-time */
                read_at?: string | null;
                /**
                 * Format: date-time
                 * @description When nobody had to wait for it any more.
                 */
                settled_at?: string | null;
                /**
                 * Format: date-time
                 * @description When its author last changed its words on WhatsApp; `content` has the new ones.
                 */
                edited_at?: string | null;
                /**
                 * Format: date-time
                 * @description When its author deleted it for everyone; its content is of the type `deleted` then.
                 */
                deleted_at?: string | null;
            }[];
            /** @description Give it as `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list, newest first. */
        PageView_PreviewView: {
            /** @description The rows. */
            items: {
                /** @description The id that the message will have. */
                id: components["schemas"]["MessageId"];
                /**
                 * Format: int64
                 * @description Line in the uploaded file.
                 */
                line?: number | null;
                phone?: components["schemas"]["Phone"] | null;
                /** @example Sari */
                name?: string | null;
                /**
                 * @description The text or caption with the person's values; null for content without words, and when it cannot be filled in.
                 * @example Halo Sari, pesanan batik Anda sudah siap diambil.
                 */
                text?: string | null;
                left_out?: components["schemas"]["LeftOutView"] | null;
            }[];
            /** @description Give it as `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list, newest first. */
        PageView_RecipientView: {
            /** @description The rows. */
            items: {
                /** @description The id of the message, once there is one. */
                id: components["schemas"]["MessageId"];
                /**
                 * Format: int32
                 * @example 1
                 */
                position: number;
                /**
                 * Format: int64
                 * @description Line in the uploaded file.
                 */
                line?: number | null;
                phone?: components["schemas"]["Phone"] | null;
                /**
                 * @description The chat that is written to: WhatsApp may know the person under another form of the number.
                 * @example 6281234567890@c.us
                 */
                chat_id: string;
                /** @example Sari */
                name?: string | null;
                /** @description What the template is filled with. */
                variables: {
                    [key: string]: string;
                };
                /** @description Of the message; before there is one `accepted`, or `cancelled` when the campaign is. */
                state: components["schemas"]["MessageState"];
                /**
                 * Format: int32
                 * @description The version of the campaign that the message was made from; null before there is one.
                 * @example 4
                 */
                version?: number | null;
                error_code?: components["schemas"]["ReasonCode"] | null;
                /** Format: date-time */
                sent_at?: string | null;
                /** Format: date-time */
                delivered_at?: string | null;
                /** Format: date-time */
                read_at?: string | null;
            }[];
            /** @description Give it as `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list, newest first. */
        PageView_RequestView: {
            /** @description The rows. */
            items: {
                /**
                 * @description Its name in the answer's `X-Request-Id`, in problems and in logs.
                 * @example req_01kb8v2m5xe7s9
                 */
                request_id: string;
                /** Format: date-time */
                at: string;
                /** @example POST */
                method: string;
                /**
                 * @description Such as `/api/v1/messages/{id}`.
                 * @example /api/v1/messages
                 */
                route: string;
                /**
                 * @description The same with its ids, without the query.
                 * @example /api/v1/messages
                 */
                path: string;
                /**
                 * Format: int32
                 * @description The HTTP status of the answer.
                 * @example 202
                 */
                status: number;
                /**
                 * Format: int32
                 * @example 14
                 */
                duration_ms: number;
                api_key_id?: components["schemas"]["ApiKeyId"] | null;
                user_id?: components["schemas"]["UserId"] | null;
                /**
                 * @description The key's name or the member's address.
                 * @example kasir
                 */
                caller: string;
                /** @description The code of the problem it was answered with. */
                error_code?: string | null;
            }[];
            /** @description Give it as `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list, newest first. */
        PageView_SenderPoolView: {
            /** @description The rows. */
            items: {
                id: components["schemas"]["SenderPoolId"];
                /** @example Pengingat pesanan */
                name: string;
                description?: string | null;
                members: components["schemas"]["MemberView"][];
                /** Format: date-time */
                created_at: string;
            }[];
            /** @description Give it as `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list, newest first. */
        PageView_SessionView: {
            /** @description The rows. */
            items: {
                id: components["schemas"]["SessionId"];
                /** @example Toko Batik Sari */
                name: string;
                /** @example Nomor utama toko */
                description?: string | null;
                /** @description What you want of it. */
                desired: components["schemas"]["Desired"];
                /** @description What WAHA last said of it. */
                status: components["schemas"]["SessionStatus"];
                /** @description The same in one of three words. */
                simple_status: components["schemas"]["SimpleStatus"];
                /** Format: date-time */
                status_since: string;
                phone?: components["schemas"]["Phone"] | null;
                /**
                 * @description The name its owner chose at WhatsApp.
                 * @example Toko Batik Sari
                 */
                push_name?: string | null;
                policy: components["schemas"]["PacingPolicy"];
                /** @description How it is, why, and what is done about it. */
                health: components["schemas"]["HealthView"];
                parked?: components["schemas"]["ParkedView"] | null;
                new_chat_quota?: components["schemas"]["QuotaView"] | null;
                /** Format: date-time */
                last_inbound_at?: string | null;
                /** Format: date-time */
                last_outbound_at?: string | null;
                /** Format: date-time */
                created_at: string;
            }[];
            /** @description Give it as `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list, newest first. */
        PageView_SuppressionView: {
            /** @description The rows. */
            items: {
                phone?: components["schemas"]["Phone"] | null;
                /**
                 * @description The LID under which WhatsApp knows the person, while no number is known.
                 * @example null
                 */
                lid?: string | null;
                reason: components["schemas"]["SuppressionReasonCode"];
                /** @description What an opt-out ends; other reasons end everything. */
                scope: components["schemas"]["OptOutScope"];
                /** @example wrote STOP */
                detail?: string | null;
                /** Format: date-time */
                created_at: string;
            }[];
            /** @description Give it as `cursor` for the next page; null on the last. */
            next_cursor?: string | null;
        };
        /**
         * @description The phone to pair.
         * @example {
         *       "phone": "+6281234567890"
         *     }
         */
        PairingCodeRequest: {
            /**
             * @description The number of the phone to pair.
             * @example +6281234567890
             */
            phone: string;
        };
        /** @description A code to type into the phone. */
        PairingCodeView: {
            /**
             * @description Such as `ABCD-1234`.
             * @example ABCD-1234
             */
            code: string;
        };
        /** @example plk_01kb8v2m5xe7s9q4h6n0r3t8wz */
        PairingLinkId: string;
        /** @description A link by which somebody without a login pairs a session. */
        PairingLinkView: {
            id: components["schemas"]["PairingLinkId"];
            /**
             * @description Its creator: the address of a member, or the name of a key.
             * @example sari@tokobatik.example
             */
            created_by: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
        };
        /** @description The links of a session. */
        PairingLinksView: {
            /** @description Those that work, newest first. */
            items: components["schemas"]["PairingLinkView"][];
        };
        /** @description A rest after a signal of WhatsApp. */
        ParkedView: {
            code?: components["schemas"]["ReasonCode"] | null;
            /**
             * Format: date-time
             * @description Nothing at all leaves before.
             */
            until?: string | null;
            bulk_code?: components["schemas"]["ReasonCode"] | null;
            /**
             * Format: date-time
             * @description No message of class bulk leaves before.
             */
            bulk_until?: string | null;
        };
        /**
         * @description A part of the installation.
         * @enum {string}
         */
        Part: "api" | "database" | "redis" | "scheduler" | "workers" | "nodes";
        /**
         * @description Why a part does not work.
         * @enum {string}
         */
        PartReason: "not_answering" | "some_not_answering" | "silent" | "none" | "nobody_to_ask";
        /**
         * @description State of a part; a worse one comes later.
         * @enum {string}
         */
        PartState: "ok" | "unknown" | "degraded" | "down";
        /** @description One part of the installation. */
        PartView: {
            part: components["schemas"]["Part"];
            state: components["schemas"]["PartState"];
            /**
             * Format: date-time
             * @description Since when, where that is known.
             */
            since?: string | null;
            reason?: components["schemas"]["PartReason"] | null;
        };
        /**
         * @description What to hold back, or to let go again.
         * @example {
         *       "reason": "WhatsApp is down",
         *       "target": "outbound"
         *     }
         */
        Pause: {
            /**
             * @description `all` (every job), `outbound` (everything that is sent; events are still taken in), a queue (`lanes`, `inbound`,
             *     `sessions`, `maintenance`, `media`), or the id of an organization, a node, a session or a campaign.
             */
            target: string;
            /** @description Why; it stands in the audit log. */
            reason?: string | null;
        };
        /** @description A person to add. */
        Person: {
            /** @example +6281234567890 */
            phone: string;
            /** @example Sari */
            name?: string | null;
            /** @description What the template is filled with. Numbers and booleans are taken as text. */
            variables?: {
                [key: string]: string;
            };
        };
        /**
         * @description E.164 with the plus, like +6281234567890
         * @example +6281234567890
         */
        Phone: string;
        /** @description The sessions on a node. */
        PlacedListView: {
            items: components["schemas"]["PlacedView"][];
        };
        /** @description A session on a node. */
        PlacedView: {
            id: components["schemas"]["SessionId"];
            organization_id: components["schemas"]["OrganizationId"];
            /** @example Toko Batik Sari */
            name: string;
            status: components["schemas"]["SessionStatus"];
            /** Format: date-time */
            status_since: string;
            /** @description Whether it is on its way to another node. */
            moving: boolean;
        };
        /** @description A plan. */
        PlanView: {
            /** @example pro */
            name: string;
            /**
             * Format: int32
             * @description Share of the workers when several organizations want them: twice the weight, twice the turns.
             * @example 4
             */
            weight: number;
            /**
             * Format: int32
             * @description Most messages a minute of all sessions of an organization; null is no limit.
             * @example 120
             */
            messages_per_minute?: number | null;
            /**
             * Format: int64
             * @description How many organizations have it.
             * @example 3
             */
            organizations: number;
        };
        /** @description What a day could hold. */
        PlannedDayView: {
            /** Format: date */
            date: string;
            /**
             * Format: int64
             * @description Bulk messages.
             * @example 420
             */
            messages: number;
            /** @description What keeps it from holding more. */
            binding: components["schemas"]["WaitingFor"];
        };
        /** @description All plans. */
        PlansView: {
            items: components["schemas"]["PlanView"][];
        };
        /** @description What a pace comes to, if there is always somebody to write to. */
        PolicyPreviewView: {
            /**
             * Format: int64
             * @description The mean pause between two messages in milliseconds, breaks included.
             * @example 45000
             */
            mean_pause_ms: number;
            /** @description When bulk messages may go today. */
            open: components["schemas"]["SpanView"][];
            /** @description Today hour by hour, as if nothing had been sent yet; 24 of them, or 23 or 25 when the clock changes. */
            hours: components["schemas"]["HourView"][];
            /** @description Seven days, today first: a warm-up lets each hold more. */
            days: components["schemas"]["PlannedDayView"][];
        };
        /** @description How the members of a pool stand now. */
        PoolStatusView: {
            members: components["schemas"]["MemberStatusView"][];
        };
        /**
         * @description A pace to try.
         * @example {
         *       "new_chat_percent": 40,
         *       "policy": {
         *         "gap_max_ms": 60000,
         *         "gap_min_ms": 30000
         *       }
         *     }
         */
        PreviewPolicy: {
            policy: components["schemas"]["PacingPolicy"];
            /**
             * Format: int32
             * @description How many of the messages begin a chat, in percent; matters for `new_chats_per_day`.
             * @default 100
             */
            new_chat_percent: number;
        };
        /** @description What one person would read. */
        PreviewView: {
            /** @description The id that the message will have. */
            id: components["schemas"]["MessageId"];
            /**
             * Format: int64
             * @description Line in the uploaded file.
             */
            line?: number | null;
            phone?: components["schemas"]["Phone"] | null;
            /** @example Sari */
            name?: string | null;
            /**
             * @description The text or caption with the person's values; null for content without words, and when it cannot be filled in.
             * @example Halo Sari, pesanan batik Anda sudah siap diambil.
             */
            text?: string | null;
            left_out?: components["schemas"]["LeftOutView"] | null;
        };
        /** @description The JSON of a problem (RFC 9457). */
        Problem: {
            /** @description Where the code is explained. */
            type: string;
            /** @description The same for every problem of this code. */
            title: string;
            /**
             * Format: int32
             * @description The HTTP status.
             */
            status: number;
            /** @description What went wrong this time. */
            detail: string;
            /** @description The path that was asked for. */
            instance: string;
            /** @description What went wrong, for programs. */
            code: components["schemas"]["Code"];
            /** @description The field it is about. */
            field?: string | null;
            rule?: components["schemas"]["Rule"] | null;
            /** @description The figures and names of the rule, such as `max`; empty for most rules. */
            params?: {
                [key: string]: components["schemas"]["RuleParam"];
            } | null;
            /** @description All that is wrong, when there are several things. */
            errors?: components["schemas"]["FieldError"][];
            /** @description Under this id the operator finds the request in the log. */
            request_id: string;
        };
        /** @description Processes of one role. */
        ProcessesView: {
            /**
             * Format: int32
             * @description They live.
             * @example 2
             */
            working: number;
            /**
             * Format: int32
             * @description They finish what runs.
             * @example 0
             */
            draining: number;
            /**
             * Format: int32
             * @description They were not heard of for 15 seconds.
             * @example 0
             */
            lost: number;
        };
        /** @description The logged-in user and the organization. */
        ProfileView: {
            user: components["schemas"]["UserView"];
            role: components["schemas"]["Role"];
            organization: components["schemas"]["OrganizationView"];
        };
        /** @description How far a campaign is. */
        ProgressView: {
            state: components["schemas"]["CampaignState"];
            /**
             * Format: int64
             * @description Recipients.
             * @example 1200
             */
            total: number;
            /**
             * Format: int64
             * @description How many of them have no message yet.
             * @example 380
             */
            waiting: number;
            /** @description How many messages are in each state. */
            by_state: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Refused lines of all uploads.
             * @example 8
             */
            rejected: number;
            /**
             * Format: int64
             * @description Of those, because the person must not be written to.
             * @example 14
             */
            suppressed: number;
            /**
             * Format: double
             * @description How many were sent in the last minute.
             * @example 1
             */
            rate_per_minute: number;
            /**
             * Format: date-time
             * @description When the last message is probably sent, by the forecast: quiet hours, caps and rates are counted; null while
             *     nothing is being sent, and when it would never end.
             */
            eta?: string | null;
            /**
             * Format: date-time
             * @description The same if the random pauses come out short.
             */
            eta_earliest?: string | null;
            /**
             * Format: date-time
             * @description The same if they come out long.
             */
            eta_latest?: string | null;
            limited_by?: components["schemas"]["WaitingFor"] | null;
        };
        /** @description The text inside a QR code. */
        QrView: {
            /** @example 2@Zk1Xh0vQ8r */
            value: string;
            /**
             * Format: date-time
             * @description About when WhatsApp replaces it; null if WAHA did not tell when it came, or it has lasted longer already.
             */
            expires_at?: string | null;
        };
        /**
         * @description Where jobs wait for a worker.
         * @enum {string}
         */
        Queue: "lanes" | "inbound" | "sessions" | "maintenance" | "imports" | "media";
        QueueCode: components["schemas"]["Queue"] | string;
        /** @description How the queues were. */
        QueueHistoryView: {
            /**
             * Format: int32
             * @description Minutes that a point stands for.
             * @example 5
             */
            step_minutes: number;
            /** @description Oldest first, at most 240; one in which no scheduler looked is missing. */
            points: components["schemas"]["HistoryPoint"][];
        };
        /** @description A queue. */
        QueueView: {
            queue: components["schemas"]["QueueCode"];
            /**
             * Format: int64
             * @description Jobs that wait in Postgres.
             * @example 340
             */
            pending: number;
            /**
             * Format: int64
             * @description Jobs that wait in Redis.
             * @example 24
             */
            released: number;
            /**
             * Format: int64
             * @description Jobs that run.
             * @example 8
             */
            running: number;
            /**
             * Format: int64
             * @description Jobs that gave up.
             * @example 0
             */
            dead: number;
            /**
             * Format: double
             * @description How long the oldest waits, or waited, for nothing but a free worker; of the minute's looks the longest.
             * @example 12
             */
            oldest_seconds: number;
            /**
             * Format: date-time
             * @description When a scheduler looked.
             */
            at: string;
        };
        /**
         * @description How far WhatsApp's quota of new chats of an account is used up.
         * @enum {string}
         */
        QuotaStatus: "none" | "first_warning" | "second_warning" | "capped";
        /** @description WhatsApp's quota of new chats: how many chats with strangers may be begun per cycle. */
        QuotaView: {
            status: components["schemas"]["QuotaStatus"];
            /**
             * Format: int32
             * @description New chats of a cycle; null for no limit.
             * @example 100
             */
            total?: number | null;
            /**
             * Format: int32
             * @description Of those, begun.
             * @example 80
             */
            used?: number | null;
            /** Format: date-time */
            resets_at?: string | null;
            /**
             * Format: date-time
             * @description When WAHA was asked.
             */
            checked_at?: string | null;
        };
        /** @description A reaction to a message. */
        ReactionView: {
            /** @example 👍 */
            emoji: string;
            /**
             * @description The person who reacted, `<digits>@c.us` or `<id>@lid`; null for the account itself.
             * @example 6281234567890@c.us
             */
            chat_id?: string | null;
            /** Format: date-time */
            at: string;
        };
        /**
         * @description Why a message or a job failed, waits or is held.
         * @enum {string}
         */
        Reason: "not_on_whatsapp" | "rejected_by_whatsapp" | "suppressed" | "no_consent" | "missing_variable" | "bad_template" | "bad_content" | "bad_chat" | "campaign_cancelled" | "campaign_deadline" | "cancelled" | "session_deleted" | "expired" | "not_confirmed" | "answer_lost" | "not_found_yet" | "media_gone" | "media_too_large" | "media_refused" | "media_wrong_type" | "media_conversion" | "media_no_room" | "waiting_for_file" | "media_unavailable" | "media_fetch" | "payload_too_large" | "invalid_request" | "refused" | "not_implemented" | "not_found" | "unauthorized" | "forbidden" | "session_not_found" | "node_unknown" | "already_exists" | "session_not_running" | "session_not_working" | "send_timeout" | "timeout" | "gateway" | "connection_lost" | "connection_closed" | "unreachable" | "node_unreachable" | "engine_unreachable" | "engine_error" | "lifecycle_lock" | "unavailable" | "bad_answer" | "answer_too_large" | "rate_limited" | "restricted" | "message_capping" | "chat_refused" | "many_rejections" | "number_check" | "number_checks_left" | "worker_lost" | "worker_stalled" | "store" | "imports_busy" | "store_unavailable" | "restore_check_failed" | "unknown_job" | "wrong_queue" | "session_moves" | "session_busy" | "not_stopped" | "message_not_known_yet" | "lid_not_known_yet";
        ReasonCode: components["schemas"]["Reason"] | string;
        /**
         * @description What a received message says, by its type.
         * @example {
         *       "caption": "Apakah motif ini masih ada?",
         *       "media": {
         *         "mimetype": "image/jpeg"
         *       },
         *       "type": "image"
         *     }
         */
        ReceivedBody: {
            /** @description May be empty. */
            text: string;
            /** @enum {string} */
            type: "text";
        } | {
            /** @description The file. */
            media: components["schemas"]["ReceivedMedia"];
            /** @description Text under it. */
            caption?: string | null;
            /** @enum {string} */
            type: "image";
        } | {
            /** @description The file. */
            media: components["schemas"]["ReceivedMedia"];
            /** @description Text under it. */
            caption?: string | null;
            /** @enum {string} */
            type: "video";
        } | {
            /** @description The file. */
            media: components["schemas"]["ReceivedMedia"];
            /** @enum {string} */
            type: "audio";
        } | {
            /** @description The file. */
            media: components["schemas"]["ReceivedMedia"];
            /** @enum {string} */
            type: "voice";
        } | {
            /** @description The file. */
            media: components["schemas"]["ReceivedMedia"];
            /** @description Text under it. */
            caption?: string | null;
            /** @enum {string} */
            type: "document";
        } | {
            /** @description The file. */
            media: components["schemas"]["ReceivedMedia"];
            /** @enum {string} */
            type: "sticker";
        } | {
            /**
             * Format: double
             * @description Degrees north.
             */
            latitude: number;
            /**
             * Format: double
             * @description Degrees east.
             */
            longitude: number;
            /** @description What the place is called. */
            name?: string | null;
            /** @description Its address. */
            address?: string | null;
            /** @description Whether the sender shares where they go; this is where they were first. */
            live?: boolean;
            /** @enum {string} */
            type: "location";
        } | {
            /** @description One or more. */
            contacts: components["schemas"]["ContactCard"][];
            /** @enum {string} */
            type: "contacts";
        } | {
            /** @description What is asked. */
            question: string;
            /** @description What can be chosen. */
            options: string[];
            /** @description Whether more than one may be chosen. */
            multiple?: boolean;
            /** @enum {string} */
            type: "poll";
        } | {
            /** @description Empty: it was taken back. */
            emoji: string;
            /** @description WhatsApp's id of the message it is about. */
            whatsapp_id: string;
            /** @enum {string} */
            type: "reaction";
        } | {
            /** @enum {string} */
            type: "deleted";
        } | {
            /** @description What WhatsApp calls it, such as `productMessage`. */
            raw_type: string;
            /** @description Its words, if it has any. */
            text?: string | null;
            /** @enum {string} */
            type: "unknown";
        };
        /** @description What a message says that was not given to this API: received, or written on the account's own phone. */
        ReceivedContent: components["schemas"]["ReceivedBody"] & {
            /** @description Tells it apart from content that was given to this API, which has no `origin`. */
            origin: components["schemas"]["Origin"];
        };
        /** @description A file that was received; `GET /messages/{id}/media` fetches it. */
        ReceivedMedia: {
            /**
             * @description What the sender says it is, such as `image/jpeg`; not to be trusted.
             * @example image/jpeg
             */
            mimetype?: string | null;
            /** @description What the sender called it. */
            filename?: string | null;
        };
        /** @description A file that was received. */
        ReceivedMediaView: {
            /**
             * @description What the sender says it is, such as `image/jpeg`; not to be trusted.
             * @example image/jpeg
             */
            mimetype?: string | null;
            filename?: string | null;
            /**
             * @description Where to get it.
             * @example /api/v1/messages/msg_01kb8v2m5xe7s9q4h6n0r3t8wz/media
             */
            url: string;
        };
        /** @description A person of a campaign. */
        RecipientView: {
            /** @description The id of the message, once there is one. */
            id: components["schemas"]["MessageId"];
            /**
             * Format: int32
             * @example 1
             */
            position: number;
            /**
             * Format: int64
             * @description Line in the uploaded file.
             */
            line?: number | null;
            phone?: components["schemas"]["Phone"] | null;
            /**
             * @description The chat that is written to: WhatsApp may know the person under another form of the number.
             * @example 6281234567890@c.us
             */
            chat_id: string;
            /** @example Sari */
            name?: string | null;
            /** @description What the template is filled with. */
            variables: {
                [key: string]: string;
            };
            /** @description Of the message; before there is one `accepted`, or `cancelled` when the campaign is. */
            state: components["schemas"]["MessageState"];
            /**
             * Format: int32
             * @description The version of the campaign that the message was made from; null before there is one.
             * @example 4
             */
            version?: number | null;
            error_code?: components["schemas"]["ReasonCode"] | null;
            /** Format: date-time */
            sent_at?: string | null;
            /** Format: date-time */
            delivered_at?: string | null;
            /** Format: date-time */
            read_at?: string | null;
        };
        /**
         * @description A refresh token.
         * @example {
         *       "refresh_token": "wrt_4fQ0b1JmZl8xUe7n"
         *     }
         */
        Refresh: {
            /** Format: password */
            refresh_token: string;
        };
        /** @description What is no telephone number. */
        RefusedNumberView: {
            /**
             * @description Its place in `phones`, from 0.
             * @example 1
             */
            index: number;
            /**
             * @description As it was given.
             * @example 12
             */
            given: string;
            /** @description The rule that it breaks, for programs. */
            rule: components["schemas"]["Rule"];
            /**
             * @description The same, for people.
             * @example must be a telephone number
             */
            detail: string;
        };
        /**
         * @description A new account with an organization of its own.
         * @example {
         *       "email": "sari@tokobatik.example",
         *       "name": "Sari Wulandari",
         *       "organization": "Toko Batik Sari",
         *       "password": "kuda terbang tinggi",
         *       "time_zone": "Asia/Jakarta"
         *     }
         */
        Register: {
            /** Format: email */
            email: string;
            name: string;
            /** Format: password */
            password: string;
            /** @description The name of the organization. */
            organization: string;
            language?: components["schemas"]["Language"] | null;
            /** @description The organization's zone by its IANA name, such as `Asia/Jakarta`. */
            time_zone?: string | null;
        };
        /** @description What was accepted. */
        RegisteredView: {
            /**
             * @description Log in with this address.
             * @example sari@tokobatik.example
             */
            email: string;
        };
        /**
         * @description Why a line of a list of people is refused.
         * @enum {string}
         */
        RejectCode: "bad_phone" | "several_phones" | "empty_phone" | "too_many_fields" | "too_few_fields" | "bad_encoding" | "missing_variable" | "bad_time_zone" | "line_too_long" | "unclosed_quote" | "duplicate" | "suppressed" | "no_chat";
        /** @description A refused line of a report. */
        RejectView: {
            /**
             * Format: int64
             * @description Line in the file, from 1.
             * @example 17
             */
            line: number;
            /**
             * @description The column it is about.
             * @example phone
             */
            column?: string | null;
            /**
             * @description What stands there, cut to 100 characters.
             * @example 0812-34
             */
            value?: string | null;
            /** @description Why, for programs. */
            code: components["schemas"]["RejectCode"];
            /**
             * @description Why, for people.
             * @example The number is too short.
             */
            reason: string;
        };
        /**
         * @description A changed key.
         * @example {
         *       "name": "kasir lantai dua"
         *     }
         */
        RenameApiKey: {
            /** @description What it is for. */
            name: string;
        };
        /**
         * @description Which dead letters to put back to work: all that fit every field that is given.
         * @example {
         *       "campaign_id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
         *       "code": "media_gone",
         *       "preview": true
         *     }
         */
        Replay: {
            /** @description These, at most 1,000. */
            job_ids?: components["schemas"]["JobId"][] | null;
            code?: components["schemas"]["ReasonCode"] | null;
            campaign_id?: components["schemas"]["CampaignId"] | null;
            session_id?: components["schemas"]["SessionId"] | null;
            kind?: components["schemas"]["JobKindCode"] | null;
            /**
             * Format: date-time
             * @description Recorded at this time or later.
             */
            since?: string | null;
            /**
             * Format: date-time
             * @description Recorded before this time.
             */
            until?: string | null;
            /** @description Only counts them. */
            preview?: boolean;
        };
        /** @description How many were put back. */
        ReplayedView: {
            /**
             * Format: int64
             * @example 12
             */
            replayed: number;
            /**
             * Format: int64
             * @description Of the same filter, still dead: at most 1,000 go at once, so ask again until it is 0.
             * @example 0
             */
            left: number;
        };
        /**
         * @description What a reply asks for.
         * @enum {string}
         */
        ReplyIntent: "opt_out" | "opt_in";
        /** @description A request with what it left behind. */
        RequestDetailView: {
            request: components["schemas"]["RequestView"];
            /** @description Messages it accepted, at most 100. */
            messages: components["schemas"]["MessageId"][];
            /** @description What it did, at most 100. */
            acts: components["schemas"]["MadeAct"][];
        };
        /** @description A request and how it ended. */
        RequestView: {
            /**
             * @description Its name in the answer's `X-Request-Id`, in problems and in logs.
             * @example req_01kb8v2m5xe7s9
             */
            request_id: string;
            /** Format: date-time */
            at: string;
            /** @example POST */
            method: string;
            /**
             * @description Such as `/api/v1/messages/{id}`.
             * @example /api/v1/messages
             */
            route: string;
            /**
             * @description The same with its ids, without the query.
             * @example /api/v1/messages
             */
            path: string;
            /**
             * Format: int32
             * @description The HTTP status of the answer.
             * @example 202
             */
            status: number;
            /**
             * Format: int32
             * @example 14
             */
            duration_ms: number;
            api_key_id?: components["schemas"]["ApiKeyId"] | null;
            user_id?: components["schemas"]["UserId"] | null;
            /**
             * @description The key's name or the member's address.
             * @example kasir
             */
            caller: string;
            /** @description The code of the problem it was answered with. */
            error_code?: string | null;
        };
        /**
         * @description The role of a member in an organization.
         * @enum {string}
         */
        Role: "owner" | "admin" | "member";
        /**
         * @description How the role of a column was found.
         * @enum {string}
         */
        RoleSource: "header" | "content" | "mapping";
        /**
         * @description A key that takes over.
         * @example {
         *       "overlap_seconds": 86400
         *     }
         */
        RotateApiKey: {
            /**
             * Format: int32
             * @description How long the old key goes on working: at most 30 days; a day, if left out; 0 ends it at once.
             * @default 86400
             */
            overlap_seconds: number;
            /**
             * Format: date-time
             * @description When the new key ends; when the old one would have, if left out.
             */
            expires_at?: string | null;
        };
        /**
         * @description What is wrong with a value, for programs: stable names.
         * @enum {string}
         */
        Rule: "required" | "required_one_of" | "exactly_one_of" | "not_both" | "needs" | "unknown" | "duplicate" | "wrong_type" | "malformed" | "nul_character" | "blank" | "too_short" | "too_long" | "too_many_bytes" | "too_few_items" | "too_many_items" | "mentions_need_group" | "not_in_text" | "duplicate_item" | "out_of_range" | "too_small" | "too_large" | "one_of" | "bad_id" | "bad_cursor" | "bad_time_zone" | "bad_time" | "bad_time_of_day" | "bad_country" | "bad_color" | "bad_email" | "bad_phone" | "phone_not_in_use" | "several_phones" | "rounded_phone" | "bad_recipient" | "bad_lid" | "contact_has_no_number" | "unknown_username" | "bad_url" | "bad_mimetype" | "bad_filename" | "bad_base64" | "bad_label" | "bad_attribute" | "bad_idempotency_key" | "bad_etag" | "bad_target" | "wrong_password" | "common_password" | "password_is_email" | "password_is_name" | "password_is_old" | "time_without_zone" | "skipped_time" | "in_past" | "in_future" | "too_far" | "not_after_send_at" | "already_started" | "no_such_session" | "no_such_file" | "no_such_sender_pool" | "no_such_node" | "no_such_message" | "message_not_sent" | "empty_file" | "wrong_file_type" | "file_too_large" | "file_not_usable" | "no_room_for_files" | "no_caption" | "pool_needs_person" | "unclosed_variable" | "bad_variable" | "unclosed_choice" | "single_choice" | "nested_too_deep" | "longer_than" | "too_many_minutes" | "break_after_each" | "sends_nothing" | "share_too_large" | "empty_window" | "within_quiet_hours" | "outlasts_window";
        /** @description A parameter of a rule, as JSON has it. */
        RuleParam: number | string | string[];
        /**
         * @description A person to add, or to change if the person is known.
         * @example {
         *       "attributes": {
         *         "city": "Jakarta"
         *       },
         *       "name": "Sari Wulandari",
         *       "phone": "+6281234567890",
         *       "tags": [
         *         "pelanggan"
         *       ]
         *     }
         */
        SaveContact: {
            /**
             * @description The number; for somebody who hides it `<digits>@lid`, or the `@username` of somebody who wrote to you.
             * @example +6281234567890
             */
            phone: string;
            /** @description Left out: stays. */
            name?: string | null;
            /** @description Added to what is known; up to 50. */
            attributes?: {
                [key: string]: string;
            };
            /** @description Added to what is known; up to 50. */
            tags?: string[];
            consent?: components["schemas"]["ContactConsent"] | null;
        };
        /**
         * @description What an API key may do. A logged-in member has the scopes of the role.
         * @enum {string}
         */
        Scope: "sessions:read" | "sessions:write" | "messages:read" | "messages:send" | "campaigns:read" | "campaigns:write" | "contacts:read" | "contacts:write" | "keys:manage" | "audit:read";
        /** @description Which contacts: all that fit every field that is given. */
        SelectContacts: {
            /** @description These, at most 1,000. */
            contact_ids?: components["schemas"]["ContactId"][] | null;
            /** @description With this number. */
            phone?: string | null;
            /** @description With this in the name. */
            name?: string | null;
            /** @description With this tag. */
            tag?: string | null;
            /** @description Everybody; needed when nothing else is said. */
            everybody?: boolean;
        };
        /**
         * @description Which messages: all that fit every field that is given.
         * @example {
         *       "campaign_id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
         *       "preview": true,
         *       "state": "failed"
         *     }
         */
        SelectMessages: {
            /** @description These, at most 1,000. */
            message_ids?: components["schemas"]["MessageId"][] | null;
            session_id?: components["schemas"]["SessionId"] | null;
            campaign_id?: components["schemas"]["CampaignId"] | null;
            state?: components["schemas"]["MessageState"] | null;
            /** @description To this person. */
            phone?: string | null;
            class?: components["schemas"]["Class"] | null;
            code?: components["schemas"]["ReasonCode"] | null;
            /** @description With these words in the text or caption; say also `session_id`, `campaign_id`, `phone` or `from`. */
            text?: string | null;
            /**
             * Format: date-time
             * @description Accepted at this time or later.
             */
            from?: string | null;
            /**
             * Format: date-time
             * @description Accepted before this time.
             */
            to?: string | null;
            /** @description Only counts them. */
            preview?: boolean;
        };
        /**
         * @description A file to send.
         * @example {
         *       "caption": "Katalog bulan ini",
         *       "media": {
         *         "filename": "katalog.pdf",
         *         "mimetype": "application/pdf",
         *         "url": "https://tokobatik.example/katalog.pdf"
         *       },
         *       "to": "+6281234567890"
         *     }
         */
        SendFile: {
            /**
             * @description A phone number, or a chat: `<id>@g.us`, `<digits>@c.us`, `<id>@lid`.
             * @example +6281234567890
             */
            to: string;
            media?: components["schemas"]["FileInput"] | null;
            file?: components["schemas"]["FileInput"] | null;
            /** @description Text under it, up to 1,024 characters; not for voice notes. */
            caption?: string | null;
            /**
             * @description See `POST /messages`.
             * @default transactional
             */
            class: components["schemas"]["Class"];
            /**
             * @description Not before this time, up to a year ahead: of RFC 3339, or a local time such as `2027-01-15 10:00` in the
             *     `time_zone` beside it. One that occurs twice there, when clocks are put back, is the first.
             * @example 2027-01-15T10:00:00+07:00
             */
            send_at?: string | null;
            /**
             * Format: date-time
             * @description Not after this time: then it ends as `expired`.
             */
            expires_at?: string | null;
            /**
             * @description The person's time zone (IANA), if it is not that of the number: for windows on the recipient's clock, and
             *     for a local `send_at`.
             * @example Asia/Makassar
             */
            time_zone?: string | null;
        };
        /**
         * @description A message to send.
         * @example {
         *       "content": {
         *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
         *         "type": "text"
         *       },
         *       "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
         *       "to": "+6281234567890"
         *     }
         */
        SendMessage: {
            session_id?: components["schemas"]["SessionId"] | null;
            pool_id?: components["schemas"]["SenderPoolId"] | null;
            /**
             * @description A phone number, or a chat: `<id>@g.us`, `<digits>@c.us`, `<id>@lid`.
             * @example +6281234567890
             */
            to: string;
            content: components["schemas"]["Content"];
            /**
             * @description `transactional` (somebody waits for it) goes before `bulk`, which also keeps quiet hours and caps.
             * @default transactional
             */
            class: components["schemas"]["Class"];
            /**
             * @description Whether the number is checked first, should nobody have written there before: who has no WhatsApp is not written
             *     to. `require` waits for the check, `prefer` does not.
             * @default skip
             */
            check_number: components["schemas"]["NumberCheckMode"];
            /**
             * @description Not before this time, up to a year ahead: of RFC 3339, or a local time such as `2027-01-15 10:00` in the
             *     `time_zone` beside it. One that occurs twice there, when clocks are put back, is the first.
             * @example 2027-01-15T10:00:00+07:00
             */
            send_at?: string | null;
            /**
             * Format: date-time
             * @description Not after this time: then it ends as `expired`.
             */
            expires_at?: string | null;
            /**
             * @description The person's time zone (IANA), if it is not that of the number: for windows on the recipient's clock, and
             *     for a local `send_at`.
             * @example Asia/Makassar
             */
            time_zone?: string | null;
        };
        /**
         * @description A text to send.
         * @example {
         *       "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
         *       "to": "+6281234567890"
         *     }
         */
        SendText: {
            /**
             * @description A phone number, or a chat: `<id>@g.us`, `<digits>@c.us`, `<id>@lid`.
             * @example +6281234567890
             */
            to: string;
            /** @description 1 to 65,536 characters. */
            text: string;
            /** @description Whether WhatsApp may show a preview of the first link. */
            link_preview?: boolean | null;
            /** @description The message of the same chat that this one answers: our id (`msg_...`), WhatsApp's, or WhatsApp's whole id. */
            reply_to?: string | null;
            /**
             * @description In a group: the people whom the text names, as numbers or chat ids. The text has each as `@` and the digits.
             * @example [
             *       "+6281234567890"
             *     ]
             */
            mentions?: string[];
            /**
             * @description See `POST /messages`.
             * @default transactional
             */
            class: components["schemas"]["Class"];
            /**
             * @description Not before this time, up to a year ahead: of RFC 3339, or a local time such as `2027-01-15 10:00` in the
             *     `time_zone` beside it. One that occurs twice there, when clocks are put back, is the first.
             * @example 2027-01-15T10:00:00+07:00
             */
            send_at?: string | null;
            /**
             * Format: date-time
             * @description Not after this time: then it ends as `expired`.
             */
            expires_at?: string | null;
            /**
             * @description The person's time zone (IANA), if it is not that of the number: for windows on the recipient's clock, and
             *     for a local `send_at`.
             * @example Asia/Makassar
             */
            time_zone?: string | null;
        };
        /** @example pool_01kb8v2m5xe7s9q4h6n0r3t8wz */
        SenderPoolId: string;
        /** @description A sender pool. */
        SenderPoolView: {
            id: components["schemas"]["SenderPoolId"];
            /** @example Pengingat pesanan */
            name: string;
            description?: string | null;
            members: components["schemas"]["MemberView"][];
            /** Format: date-time */
            created_at: string;
        };
        /** @description A session that sends the campaign, and what it can do. */
        SenderView: components["schemas"]["LineView"] & {
            session_id: components["schemas"]["SessionId"];
            /** @example Toko Batik Sari */
            name: string;
            health: components["schemas"]["Health"];
            /**
             * Format: int64
             * @description Bulk messages it could send on a whole day like today by its pace.
             * @example 800
             */
            per_day: number;
            /**
             * Format: int32
             * @description Other running campaigns that it takes turns with.
             * @example 1
             */
            other_campaigns: number;
        };
        /** @description What a session did on one day. Each happening counts on the day it happened. */
        SessionDayView: {
            /** Format: date */
            date: string;
            /**
             * Format: int64
             * @description Messages that left.
             * @example 214
             */
            sent: number;
            /**
             * Format: int64
             * @description Of those, messages of class bulk.
             * @example 180
             */
            bulk: number;
            /**
             * Format: int64
             * @description Of all, messages that began a chat.
             * @example 18
             */
            new_chats: number;
            /**
             * Format: int64
             * @description Messages that reached a device.
             * @example 209
             */
            delivered: number;
            /**
             * Format: int64
             * @description Messages that were read.
             * @example 140
             */
            read: number;
            /**
             * Format: int64
             * @example 1
             */
            failed: number;
            /**
             * Format: int64
             * @description Messages that came.
             * @example 37
             */
            received: number;
        };
        /** @description What happened to a session: a change of its status, a signal, a remedy. */
        SessionEventView: {
            /** Format: date-time */
            at: string;
            status: components["schemas"]["SessionStatus"];
            code?: components["schemas"]["SessionSignalCode"] | null;
            /**
             * @description The same for people.
             * @example somebody has to scan its QR code
             */
            detail?: string | null;
        };
        /** @description The history of a session. */
        SessionEventsView: {
            /** @description The newest 200, newest first. */
            items: components["schemas"]["SessionEventView"][];
        };
        /** @example ses_01kb8v2m5xe7s9q4h6n0r3t8wz */
        SessionId: string;
        /** @description What would be hit if a session were deleted or logged out. */
        SessionImpactView: {
            /**
             * Format: int64
             * @description Messages that wait in its lane: a deletion takes them back, a logout lets them wait for another phone.
             * @example 40
             */
            waiting_messages: number;
            /** @description Campaigns that send through it and have not ended. */
            campaigns: components["schemas"]["HitCampaignView"][];
            /** @description Sender pools that it is a member of. */
            sender_pools: components["schemas"]["HitPoolView"][];
        };
        /** @example mov_01kb8v2m5xe7s9q4h6n0r3t8wz */
        SessionMoveId: string;
        /**
         * @description What happened to a session besides a mere change of its status.
         * @enum {string}
         */
        SessionSignal: "needs_scan" | "scan_qr_code" | "passkey_required" | "node_away" | "node_back" | "node_dead" | "moving" | "moved" | "restricted" | "message_capping" | "many_rejections" | "rejections_over" | "restriction_lifted" | "rate_limited" | "deaf" | "unacked" | "restart" | "restart_budget" | "restarts_exhausted" | "logged_out" | "failed" | "recovered";
        SessionSignalCode: components["schemas"]["SessionSignal"] | string;
        /** @description What a session did. */
        SessionStatisticsView: {
            /**
             * @description The zone that days are counted in: that of the session's pace.
             * @example Asia/Jakarta
             */
            time_zone: string;
            /** @description Day by day, oldest first; days without anything included. */
            days: components["schemas"]["SessionDayView"][];
        };
        /**
         * @description What WAHA last said of a session. WAHA's set is open (docs/waha.md 0.17): what we do not know is `Unknown`.
         * @enum {string}
         */
        SessionStatus: "pending" | "stopped" | "starting" | "scan_qr_code" | "passkey_required" | "working" | "failed" | "unknown";
        /** @description What a stream tells of a session. */
        SessionStatusView: {
            desired: components["schemas"]["Desired"];
            status: components["schemas"]["SessionStatus"];
            simple_status: components["schemas"]["SimpleStatus"];
            /** Format: date-time */
            since: string;
        };
        /** @description A WhatsApp account. */
        SessionView: {
            id: components["schemas"]["SessionId"];
            /** @example Toko Batik Sari */
            name: string;
            /** @example Nomor utama toko */
            description?: string | null;
            /** @description What you want of it. */
            desired: components["schemas"]["Desired"];
            /** @description What WAHA last said of it. */
            status: components["schemas"]["SessionStatus"];
            /** @description The same in one of three words. */
            simple_status: components["schemas"]["SimpleStatus"];
            /** Format: date-time */
            status_since: string;
            phone?: components["schemas"]["Phone"] | null;
            /**
             * @description The name its owner chose at WhatsApp.
             * @example Toko Batik Sari
             */
            push_name?: string | null;
            policy: components["schemas"]["PacingPolicy"];
            /** @description How it is, why, and what is done about it. */
            health: components["schemas"]["HealthView"];
            parked?: components["schemas"]["ParkedView"] | null;
            new_chat_quota?: components["schemas"]["QuotaView"] | null;
            /** Format: date-time */
            last_inbound_at?: string | null;
            /** Format: date-time */
            last_outbound_at?: string | null;
            /** Format: date-time */
            created_at: string;
        };
        /**
         * @description How a session takes part in a pool.
         * @example {
         *       "enabled": true,
         *       "weight": 50
         *     }
         */
        SetMember: {
            /**
             * Format: int32
             * @description Its share beside the others.
             * @default 100
             */
            weight: number;
            /**
             * @description Whether it gets messages; when it is off, those that wait for it go to its peers.
             * @default true
             */
            enabled: boolean;
        };
        /**
         * @description The status of a session in one of four words.
         * @enum {string}
         */
        SimpleStatus: "connected" | "connecting" | "pairing" | "disconnected";
        /** @description Slots of one queue in one process. */
        SlotView: {
            /** @example 8 */
            most: number;
            /** @example 3 */
            running: number;
        };
        /** @description A span of time. */
        SpanView: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
        };
        /**
         * @description What is started or resumed.
         * @example {
         *       "version": 4
         *     }
         */
        StartCampaign: {
            /**
             * Format: int32
             * @description The version that you looked at, as the dry run, the preview or the campaign named it; the `ETag` of these, sent
             *     as
             *     `If-Match`, says the same. If the campaign is in another version now, nothing is started.
             */
            version?: number | null;
        };
        /** @description Which parts of the installation work. */
        StatusView: {
            /**
             * Format: date-time
             * @description When it was looked at.
             */
            at: string;
            /** @description The worst state of all parts. */
            state: components["schemas"]["PartState"];
            parts: components["schemas"]["PartView"][];
        };
        /** @description One step of a story. */
        StepView: {
            /** Format: date-time */
            at: string;
            step: components["schemas"]["TimelineStepCode"];
            /** @description More, for people. */
            detail?: string | null;
        };
        /**
         * @description Why a number is on the suppression list.
         * @enum {string}
         */
        SuppressionReason: "opt_out" | "manual" | "not_on_whatsapp";
        SuppressionReasonCode: components["schemas"]["SuppressionReason"] | string;
        /** @description A person who must not be written to, in whatever form the number is written. */
        SuppressionView: {
            phone?: components["schemas"]["Phone"] | null;
            /**
             * @description The LID under which WhatsApp knows the person, while no number is known.
             * @example null
             */
            lid?: string | null;
            reason: components["schemas"]["SuppressionReasonCode"];
            /** @description What an opt-out ends; other reasons end everything. */
            scope: components["schemas"]["OptOutScope"];
            /** @example wrote STOP */
            detail?: string | null;
            /** Format: date-time */
            created_at: string;
        };
        /**
         * @description Tags to give to contacts and to take from them.
         * @example {
         *       "add": [
         *         "pelanggan"
         *       ],
         *       "contacts": {
         *         "contact_ids": [
         *           "con_01kb8v2m5xe7s9q4h6n0r3t8wz"
         *         ]
         *       }
         *     }
         */
        TagContacts: {
            contacts: components["schemas"]["SelectContacts"];
            /** @description Given to who lacks them; up to 50. */
            add?: string[];
            /** @description Taken from who has them; up to 50. */
            remove?: string[];
            /** @description Only counts whom it would change. */
            preview?: boolean;
        };
        /**
         * @description The looks of the dashboard.
         * @enum {string}
         */
        Theme: "system" | "light" | "dark";
        /**
         * @description A step in the story of a job. Beside these, the story has what people did, by the names of the audit log.
         * @enum {string}
         */
        TimelineStep: "accepted" | "job_recorded" | "due" | "released" | "attempt_runs" | "attempt_began" | "attempt_ended" | "sent" | "delivered" | "read" | "failed" | "expired" | "cancelled" | "event" | "event_processed" | "events_unknown";
        TimelineStepCode: components["schemas"]["TimelineStep"] | string;
        /** @description What happened to a message, oldest first. */
        TimelineView: {
            items: components["schemas"]["HappeningView"][];
        };
        /** @description What a logged-in device keeps. */
        TokensView: {
            /**
             * @description Send it as `Authorization: Bearer ...`.
             * @example eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl
             */
            access_token: string;
            /** @example Bearer */
            token_type: string;
            /**
             * Format: int64
             * @description How long the access token lasts, in seconds.
             * @example 900
             */
            expires_in: number;
            /**
             * @description Good for one call of /auth/refresh. Null for the dashboard: there it is in the cookie `wahana_refresh`.
             * @example wrt_4fQ0b1JmZl8xUe7n
             */
            refresh_token?: string | null;
            /**
             * @description Send it with the next login on this device. Null when tokens are refreshed, and for the dashboard: there it is
             *     in the cookie `wahana_device`.
             * @example wdt_AAAAAGkk0v8nVhYnXy
             */
            device_token?: string | null;
            user_id: components["schemas"]["UserId"];
            organization_id: components["schemas"]["OrganizationId"];
            role: components["schemas"]["Role"];
        };
        /** @description How a session pretends to type. */
        Typing: {
            /**
             * Format: int32
             * @description Characters per minute; people on a phone manage about 200.
             * @default 400
             */
            chars_per_minute: number;
            /**
             * Format: int32
             * @description Longest typing before one message, in milliseconds.
             * @default 8000
             */
            max_ms: number;
        };
        /** @description What waits in the inbox. */
        UnreadView: {
            /**
             * Format: int64
             * @description Conversations with something unread.
             * @example 3
             */
            conversations: number;
            /**
             * Format: int64
             * @description Messages in them.
             * @example 7
             */
            messages: number;
        };
        /**
         * @description A changed organization; what is left out stays.
         * @example {
         *       "language": "id",
         *       "name": "Toko Batik Sari",
         *       "time_zone": "Asia/Jakarta"
         *     }
         */
        UpdateOrganization: {
            name?: string | null;
            /** @description IANA name, such as `Asia/Jakarta`. */
            time_zone?: string | null;
            /** @description Two capital letters, such as `ID`. */
            default_country?: string | null;
            language?: components["schemas"]["Language"] | null;
            /** @description Such as `#0a7cff`, in lower case; null takes it away. */
            accent_color?: string | null;
        };
        /**
         * @description A changed profile; what is left out stays, null takes the organization's.
         * @example {
         *       "language": "id",
         *       "name": "Sari Wulandari",
         *       "theme": "dark"
         *     }
         */
        UpdateProfile: {
            name?: string | null;
            language?: components["schemas"]["Language"] | null;
            /** @description IANA name, such as `Asia/Jakarta`. */
            time_zone?: string | null;
            theme?: components["schemas"]["Theme"] | null;
        };
        /** @description A form with one file. */
        UploadForm: {
            /**
             * Format: binary
             * @description The file.
             */
            file: string;
        };
        /** @description What an upload did, or would do. */
        UploadView: {
            /** @description Whether it was only tried. */
            dry_run: boolean;
            /**
             * Format: int64
             * @description Lines with something on them, the header not counted.
             * @example 1208
             */
            total_lines: number;
            /**
             * Format: int64
             * @description New recipients.
             * @example 1200
             */
            accepted: number;
            /**
             * Format: int64
             * @description Refused lines, duplicates and suppressed ones included.
             * @example 8
             */
            rejected: number;
            /**
             * Format: int64
             * @description Refused because the number is in the campaign already, or twice in the file.
             * @example 3
             */
            duplicates: number;
            /**
             * Format: int64
             * @description Refused because the person must not be written to.
             * @example 14
             */
            suppressed: number;
            /** @description How many lines were refused for each reason. */
            by_code: {
                [key: string]: number;
            };
            /** @description How many lines were taken with a reservation. */
            warnings: {
                [key: string]: number;
            };
            /** @description The first 100 refused lines; all of them: `GET /campaigns/{id}/rejects`. */
            rejects: components["schemas"]["RejectView"][];
            /**
             * @description What the first people would be sent.
             * @example [
             *       "Halo Sari, pesanan batik Anda sudah siap diambil."
             *     ]
             */
            sample: string[];
            /**
             * @description The variables of the template.
             * @example [
             *       "name",
             *       "order"
             *     ]
             */
            variables: string[];
            /**
             * @description Those that every person must have.
             * @example [
             *       "order"
             *     ]
             */
            required: string[];
        };
        /** @example usr_01kb8v2m5xe7s9q4h6n0r3t8wz */
        UserId: string;
        /** @description A person who can log in. */
        UserView: {
            id: components["schemas"]["UserId"];
            /** @example sari@tokobatik.example */
            email: string;
            /** @example Sari Wulandari */
            name: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_login_at?: string | null;
            /** @description Whether the person operates this installation. */
            operator: boolean;
            language?: components["schemas"]["Language"] | null;
            /** @description IANA name of the zone that times are shown in; null: the organization's. */
            time_zone?: string | null;
            theme: components["schemas"]["Theme"];
        };
        /**
         * @description What a message, a lane or a campaign waits for.
         * @enum {string}
         */
        WaitingFor: "turn" | "session_stopped" | "session_not_working" | "paused" | "parked" | "quiet_hours" | "send_window" | "recipient_window" | "hourly_cap" | "daily_cap" | "warm_up_cap" | "new_chat_cap" | "campaign_rate" | "plan_rate" | "node_limit" | "send_at" | "retry" | "campaign_paused" | "file";
        /** @description What a message waits for. */
        WaitingView: {
            /** @description What it waits for. */
            for: components["schemas"]["WaitingFor"];
            /**
             * Format: date-time
             * @description Until when, if that is known.
             */
            until?: string | null;
            code?: components["schemas"]["ReasonCode"] | null;
        };
        /** @description Caps for the first days of a number, counted from the day of its first message. */
        WarmUp: {
            /**
             * Format: int32
             * @description Most bulk messages on the first day.
             */
            first_day: number;
            /**
             * Format: int32
             * @description Each day's cap in percent of that of the day before: 150 is half as much again.
             */
            percent: number;
            /**
             * Format: int32
             * @description How many days it lasts.
             */
            days: number;
            /** @enum {string} */
            kind: "growth";
        } | {
            /** @description Most bulk messages on the first day, the second, and so on; after the last the warm-up is over. */
            caps: number[];
            /** @enum {string} */
            kind: "list";
        };
        /**
         * @description How much a finding weighs.
         * @enum {string}
         */
        Weight: "blocks" | "warns" | "notes";
        /**
         * @description Whose clock a daily span is read on.
         * @enum {string}
         */
        WindowZone: "sender" | "recipient";
        /**
         * @description The role of a process that reports to the database that it runs.
         * @enum {string}
         */
        WorkerRole: "worker" | "scheduler";
        WorkerRoleCode: components["schemas"]["WorkerRole"] | string;
        /** @description A worker process. */
        WorkerView: {
            /**
             * @description Its name in attempts.
             * @example worker-1-4f2a
             */
            owner: string;
            role: components["schemas"]["WorkerRoleCode"];
            /** @example worker-1 */
            host: string;
            /** @example 0.1.0 */
            version: string;
            /** Format: date-time */
            started_at: string;
            /** Format: date-time */
            seen_at: string;
            /** @description Not heard of for 15 seconds. What it held is done by others when its leases end. */
            lost: boolean;
            /** @description It finishes what runs and takes nothing more. */
            draining: boolean;
            /** @description By queue. */
            slots: {
                [key: string]: components["schemas"]["SlotView"];
            };
            /** @description Why Redis does not answer it; null while it does. */
            redis_error?: string | null;
        };
        /** @description Every worker process. */
        WorkersView: {
            items: components["schemas"]["WorkerView"][];
        };
    };
    responses: {
        /** @description `invalid_json`, `invalid_body` */
        Problem400: {
            headers: {
                /** @description Under this id the operator finds the request in the log. */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unauthenticated`, `token_expired`, `wrong_credentials`, `invalid_refresh_token`, `refresh_token_reused`, `invalid_signature` */
        Problem401: {
            headers: {
                /** @description Under this id the operator finds the request in the log. */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `missing_scope`, `user_required`, `owner_required`, `operator_required`, `cross_origin`, `signup_closed`, `wrong_session` */
        Problem403: {
            headers: {
                /** @description Under this id the operator finds the request in the log. */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `not_found`, `no_such_route` */
        Problem404: {
            headers: {
                /** @description Under this id the operator finds the request in the log. */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `no_recipients`, `nobody_left`, `deadline_missed`, `no_sender`, `email_taken`, `name_taken`, `wrong_state`, `campaign_changed`, `session_not_pairing`, `session_in_use`, `messages_scheduled`, `pool_in_use`, `no_member`, `node_in_use`, `cannot_move`, `consent_missing`, `recipient_suppressed`, `idempotency_key_reused` */
        Problem409: {
            headers: {
                /** @description Under this id the operator finds the request in the log. */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `edited_meanwhile` */
        Problem412: {
            headers: {
                /** @description Under this id the operator finds the request in the log. */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `too_large` */
        Problem413: {
            headers: {
                /** @description Under this id the operator finds the request in the log. */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unsupported_media_type` */
        Problem415: {
            headers: {
                /** @description Under this id the operator finds the request in the log. */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `invalid_field`, `missing_field`, `unknown_field`, `invalid_template`, `empty_file`, `not_csv`, `unknown_sheet`, `no_header`, `no_phone_column`, `unknown_column`, `missing_column`, `duplicate_column`, `too_many_columns`, `bad_header`, `line_too_long`, `too_many_lines`, `too_many_recipients`, `too_broad`, `weak_password` */
        Problem422: {
            headers: {
                /** @description Under this id the operator finds the request in the log. */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `too_many_imports`, `rate_limited` */
        Problem429: {
            headers: {
                /** @description After how many seconds trying again makes sense, if that is known. */
                "Retry-After"?: number;
                /** @description Under this id the operator finds the request in the log. */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `internal` */
        Problem500: {
            headers: {
                /** @description Under this id the operator finds the request in the log. */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `no_node`, `waha_unavailable`, `unavailable`, `outcome_unknown` */
        Problem503: {
            headers: {
                /** @description After how many seconds trying again makes sense, if that is known. */
                "Retry-After"?: number;
                /** @description Under this id the operator finds the request in the log. */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `timeout` */
        Problem504: {
            headers: {
                /** @description Under this id the operator finds the request in the log. */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_audit_events: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
                /** @description Only this act (`campaign.pause`), or with a trailing dot its family (`campaign.`). */
                action?: string;
                /** @description Only what was done to this. */
                target?: string;
                /** @description Only what this actor did. */
                actor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "action": "campaign.pause",
                     *           "actor": "sari@tokobatik.example",
                     *           "actor_kind": "user",
                     *           "address": "203.0.113.7",
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "detail": {},
                     *           "id": "aud_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "request_id": "req_01kb8v2m5xe7s9",
                     *           "target": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_AuditEventView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: {
                /** @description `dashboard` keeps the refresh token in the cookie `wahana_refresh`, which no script can read, instead of the body. */
                "X-Wahana-Client"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "sari@tokobatik.example",
                 *       "password": "kuda terbang tinggi"
                 *     }
                 */
                "application/json": components["schemas"]["Login"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl",
                     *       "device_token": "wdt_AAAAAGkk0v8nVhYnXy",
                     *       "expires_in": 900,
                     *       "organization_id": "org_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "refresh_token": "wrt_4fQ0b1JmZl8xUe7n",
                     *       "role": "owner",
                     *       "token_type": "Bearer",
                     *       "user_id": "usr_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *     }
                     */
                    "application/json": components["schemas"]["TokensView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: {
                /** @description `dashboard` keeps the refresh token in the cookie `wahana_refresh`, which no script can read, instead of the body. */
                "X-Wahana-Client"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description logged out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    refresh: {
        parameters: {
            query?: never;
            header?: {
                /** @description `dashboard` keeps the refresh token in the cookie `wahana_refresh`, which no script can read, instead of the body. */
                "X-Wahana-Client"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "refresh_token": "wrt_4fQ0b1JmZl8xUe7n"
                 *     }
                 */
                "application/json": components["schemas"]["Refresh"] | null;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl",
                     *       "device_token": "wdt_AAAAAGkk0v8nVhYnXy",
                     *       "expires_in": 900,
                     *       "organization_id": "org_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "refresh_token": "wrt_4fQ0b1JmZl8xUe7n",
                     *       "role": "owner",
                     *       "token_type": "Bearer",
                     *       "user_id": "usr_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *     }
                     */
                    "application/json": components["schemas"]["TokensView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    register: {
        parameters: {
            query?: never;
            header?: {
                /** @description `dashboard` keeps the refresh token in the cookie `wahana_refresh`, which no script can read, instead of the body. */
                "X-Wahana-Client"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "sari@tokobatik.example",
                 *       "name": "Sari Wulandari",
                 *       "organization": "Toko Batik Sari",
                 *       "password": "kuda terbang tinggi",
                 *       "time_zone": "Asia/Jakarta"
                 *     }
                 */
                "application/json": components["schemas"]["Register"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "email": "sari@tokobatik.example"
                     *     }
                     */
                    "application/json": components["schemas"]["RegisteredView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_campaigns: {
        parameters: {
            query?: {
                /** @description In this state. */
                state?: components["schemas"]["CampaignState"];
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "changed_by": "sari@toko.example",
                     *           "check_number": "skip",
                     *           "content": {
                     *             "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *             "type": "text"
                     *           },
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "duplicates": 3,
                     *           "id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "kind": "marketing",
                     *           "late_accepted": false,
                     *           "name": "Promo akhir tahun",
                     *           "pace": {},
                     *           "rejected": 8,
                     *           "required": [
                     *             "order"
                     *           ],
                     *           "session_ids": [
                     *             "ses_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *           ],
                     *           "state": "draft",
                     *           "suppressed": 14,
                     *           "total": 1200,
                     *           "updated_at": "2026-11-30T02:15:00Z",
                     *           "variables": [
                     *             "name",
                     *             "order"
                     *           ],
                     *           "version": 4
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_CampaignView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    create_campaign: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "content": {
                 *         "text": "Halo {{name}}, pesanan batik Anda sudah siap diambil.",
                 *         "type": "text"
                 *       },
                 *       "name": "Promo akhir tahun",
                 *       "send_at": "2026-12-01T02:00:00Z",
                 *       "session_ids": [
                 *         "ses_01kb8v2m5xe7s9q4h6n0r3t8wz"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateCampaign"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "changed_by": "sari@toko.example",
                     *       "check_number": "skip",
                     *       "content": {
                     *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *         "type": "text"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "duplicates": 3,
                     *       "id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "kind": "marketing",
                     *       "late_accepted": false,
                     *       "name": "Promo akhir tahun",
                     *       "pace": {},
                     *       "rejected": 8,
                     *       "required": [
                     *         "order"
                     *       ],
                     *       "session_ids": [
                     *         "ses_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *       ],
                     *       "state": "draft",
                     *       "suppressed": 14,
                     *       "total": 1200,
                     *       "updated_at": "2026-11-30T02:15:00Z",
                     *       "variables": [
                     *         "name",
                     *         "order"
                     *       ],
                     *       "version": 4
                     *     }
                     */
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description its version */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "changed_by": "sari@toko.example",
                     *       "check_number": "skip",
                     *       "content": {
                     *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *         "type": "text"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "duplicates": 3,
                     *       "id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "kind": "marketing",
                     *       "late_accepted": false,
                     *       "name": "Promo akhir tahun",
                     *       "pace": {},
                     *       "rejected": 8,
                     *       "required": [
                     *         "order"
                     *       ],
                     *       "session_ids": [
                     *         "ses_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *       ],
                     *       "state": "draft",
                     *       "suppressed": 14,
                     *       "total": 1200,
                     *       "updated_at": "2026-11-30T02:15:00Z",
                     *       "variables": [
                     *         "name",
                     *         "order"
                     *       ],
                     *       "version": 4
                     *     }
                     */
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    delete_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    change_campaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description the `ETag` of the version that you changed */
                "If-Match"?: string | null;
            };
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Promo akhir tahun",
                 *       "send_at": "2026-12-05T02:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeCampaign"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description its version */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "changed_by": "sari@toko.example",
                     *       "check_number": "skip",
                     *       "content": {
                     *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *         "type": "text"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "duplicates": 3,
                     *       "id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "kind": "marketing",
                     *       "late_accepted": false,
                     *       "name": "Promo akhir tahun",
                     *       "pace": {},
                     *       "rejected": 8,
                     *       "required": [
                     *         "order"
                     *       ],
                     *       "session_ids": [
                     *         "ses_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *       ],
                     *       "state": "draft",
                     *       "suppressed": 14,
                     *       "total": 1200,
                     *       "updated_at": "2026-11-30T02:15:00Z",
                     *       "variables": [
                     *         "name",
                     *         "order"
                     *       ],
                     *       "version": 4
                     *     }
                     */
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    cancel_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "changed_by": "sari@toko.example",
                     *       "check_number": "skip",
                     *       "content": {
                     *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *         "type": "text"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "duplicates": 3,
                     *       "id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "kind": "marketing",
                     *       "late_accepted": false,
                     *       "name": "Promo akhir tahun",
                     *       "pace": {},
                     *       "rejected": 8,
                     *       "required": [
                     *         "order"
                     *       ],
                     *       "session_ids": [
                     *         "ses_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *       ],
                     *       "state": "draft",
                     *       "suppressed": 14,
                     *       "total": 1200,
                     *       "updated_at": "2026-11-30T02:15:00Z",
                     *       "variables": [
                     *         "name",
                     *         "order"
                     *       ],
                     *       "version": 4
                     *     }
                     */
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    dry_run_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description the version that was looked at */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "findings": [
                     *         {
                     *           "code": "no_recipients",
                     *           "detail": "112 people have no value for `order`.",
                     *           "weight": "blocks"
                     *         }
                     *       ],
                     *       "forecast": {
                     *         "days": [
                     *           {
                     *             "binding": "turn",
                     *             "date": "2026-11-30",
                     *             "messages": 420
                     *           }
                     *         ],
                     *         "messages": 1174
                     *       },
                     *       "left_out": [
                     *         {
                     *           "code": "not_on_whatsapp",
                     *           "people": 14,
                     *           "remedy": "Nothing has to be done."
                     *         }
                     *       ],
                     *       "missing_variables": [
                     *         {
                     *           "name": "order",
                     *           "people": 112
                     *         }
                     *       ],
                     *       "new_chats": 310,
                     *       "people": 1200,
                     *       "senders": [
                     *         {
                     *           "health": "healthy",
                     *           "name": "Toko Batik Sari",
                     *           "other_campaigns": 1,
                     *           "per_day": 800,
                     *           "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *         }
                     *       ],
                     *       "to_send": 1174,
                     *       "version": 4
                     *     }
                     */
                    "application/json": components["schemas"]["DryRunView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    campaign_errors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "example": "msg_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "messages": 12,
                     *           "remedy": "Correct the number in your list, or take it out.",
                     *           "replayable": 0,
                     *           "state": "accepted"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CampaignErrorsView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    export_campaign: {
        parameters: {
            query?: {
                /** @description `csv` (UTF-8 with a byte order mark) or `xlsx`. */
                format?: components["schemas"]["ExportFormat"];
            };
            header?: never;
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    campaign_forecast: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "days": [
                     *         {
                     *           "binding": "turn",
                     *           "date": "2026-11-30",
                     *           "messages": 420
                     *         }
                     *       ],
                     *       "messages": 1174
                     *     }
                     */
                    "application/json": components["schemas"]["ForecastView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    pause_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "changed_by": "sari@toko.example",
                     *       "check_number": "skip",
                     *       "content": {
                     *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *         "type": "text"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "duplicates": 3,
                     *       "id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "kind": "marketing",
                     *       "late_accepted": false,
                     *       "name": "Promo akhir tahun",
                     *       "pace": {},
                     *       "rejected": 8,
                     *       "required": [
                     *         "order"
                     *       ],
                     *       "session_ids": [
                     *         "ses_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *       ],
                     *       "state": "draft",
                     *       "suppressed": 14,
                     *       "total": 1200,
                     *       "updated_at": "2026-11-30T02:15:00Z",
                     *       "variables": [
                     *         "name",
                     *         "order"
                     *       ],
                     *       "version": 4
                     *     }
                     */
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    preview_campaign: {
        parameters: {
            query?: {
                /** @description Other choices of the spintax: 0 is what each person will read, each further number another draw. */
                wording?: number;
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
            };
            header?: never;
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description the version that was looked at */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "msg_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "name": "Sari",
                     *           "text": "Halo Sari, pesanan batik Anda sudah siap diambil."
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_PreviewView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    campaign_progress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "by_state": {},
                     *       "rate_per_minute": 1,
                     *       "rejected": 8,
                     *       "state": "draft",
                     *       "suppressed": 14,
                     *       "total": 1200,
                     *       "waiting": 380
                     *     }
                     */
                    "application/json": components["schemas"]["ProgressView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    watch_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["ProgressView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_recipients: {
        parameters: {
            query?: {
                /** @description In this state. */
                state?: components["schemas"]["MessageState"];
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
            };
            header?: never;
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "chat_id": "6281234567890@c.us",
                     *           "id": "msg_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "name": "Sari",
                     *           "position": 1,
                     *           "state": "accepted",
                     *           "variables": {},
                     *           "version": 4
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_RecipientView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    add_recipients: {
        parameters: {
            query?: {
                /** @description Whose numbers may lack a country code, such as ID; usually your organization's. */
                country?: string;
                /** @description Which column holds the number, if its name does not tell. */
                phone_column?: string;
                /** @description Which column holds the name, if its name does not tell. */
                name_column?: string;
                /** @description Only tell what would happen. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contacts": [
                 *         {
                 *           "name": "Sari",
                 *           "phone": "+6281234567890",
                 *           "variables": {
                 *             "order": "INV-1042"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["AddRecipients"];
                "multipart/form-data": components["schemas"]["ListForm"];
                "text/csv": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accepted": 1200,
                     *       "by_code": {},
                     *       "dry_run": false,
                     *       "duplicates": 3,
                     *       "rejected": 8,
                     *       "rejects": [
                     *         {
                     *           "code": "bad_phone",
                     *           "column": "phone",
                     *           "line": 17,
                     *           "reason": "The number is too short.",
                     *           "value": "0812-34"
                     *         }
                     *       ],
                     *       "required": [
                     *         "order"
                     *       ],
                     *       "sample": [
                     *         "Halo Sari, pesanan batik Anda sudah siap diambil."
                     *       ],
                     *       "suppressed": 14,
                     *       "total_lines": 1208,
                     *       "variables": [
                     *         "name",
                     *         "order"
                     *       ],
                     *       "warnings": {}
                     *     }
                     */
                    "application/json": components["schemas"]["UploadView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    export_recipients: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    export_rejects: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    resume_campaign: {
        parameters: {
            query?: {
                /** @description Start or resume it although it will probably not be through by its deadline; it goes on after that. */
                accept_late?: boolean;
            };
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "version": 4
                 *     }
                 */
                "application/json": components["schemas"]["StartCampaign"] | null;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "changed_by": "sari@toko.example",
                     *       "check_number": "skip",
                     *       "content": {
                     *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *         "type": "text"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "duplicates": 3,
                     *       "id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "kind": "marketing",
                     *       "late_accepted": false,
                     *       "name": "Promo akhir tahun",
                     *       "pace": {},
                     *       "rejected": 8,
                     *       "required": [
                     *         "order"
                     *       ],
                     *       "session_ids": [
                     *         "ses_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *       ],
                     *       "state": "draft",
                     *       "suppressed": 14,
                     *       "total": 1200,
                     *       "updated_at": "2026-11-30T02:15:00Z",
                     *       "variables": [
                     *         "name",
                     *         "order"
                     *       ],
                     *       "version": 4
                     *     }
                     */
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    start_campaign: {
        parameters: {
            query?: {
                /** @description Start or resume it although it will probably not be through by its deadline; it goes on after that. */
                accept_late?: boolean;
            };
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "version": 4
                 *     }
                 */
                "application/json": components["schemas"]["StartCampaign"] | null;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "changed_by": "sari@toko.example",
                     *       "check_number": "skip",
                     *       "content": {
                     *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *         "type": "text"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "duplicates": 3,
                     *       "id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "kind": "marketing",
                     *       "late_accepted": false,
                     *       "name": "Promo akhir tahun",
                     *       "pace": {},
                     *       "rejected": 8,
                     *       "required": [
                     *         "order"
                     *       ],
                     *       "session_ids": [
                     *         "ses_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *       ],
                     *       "state": "draft",
                     *       "suppressed": 14,
                     *       "total": 1200,
                     *       "updated_at": "2026-11-30T02:15:00Z",
                     *       "variables": [
                     *         "name",
                     *         "order"
                     *       ],
                     *       "version": 4
                     *     }
                     */
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    unschedule_campaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "changed_by": "sari@toko.example",
                     *       "check_number": "skip",
                     *       "content": {
                     *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *         "type": "text"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "duplicates": 3,
                     *       "id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "kind": "marketing",
                     *       "late_accepted": false,
                     *       "name": "Promo akhir tahun",
                     *       "pace": {},
                     *       "rejected": 8,
                     *       "required": [
                     *         "order"
                     *       ],
                     *       "session_ids": [
                     *         "ses_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *       ],
                     *       "state": "draft",
                     *       "suppressed": 14,
                     *       "total": 1200,
                     *       "updated_at": "2026-11-30T02:15:00Z",
                     *       "variables": [
                     *         "name",
                     *         "order"
                     *       ],
                     *       "version": 4
                     *     }
                     */
                    "application/json": components["schemas"]["CampaignView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    campaign_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CampaignId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "by_state": {},
                     *           "changed": [
                     *             "content"
                     *           ],
                     *           "changed_by": "sari@toko.example",
                     *           "content": {
                     *             "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *             "type": "text"
                     *           },
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "pace": {},
                     *           "session_ids": [
                     *             "ses_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *           ],
                     *           "version": 4
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CampaignVersionsView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_consent_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "bulk_needs_consent": false,
                     *       "opt_in_confirmation": "Selamat datang kembali!",
                     *       "opt_out_confirmation": "Anda tidak akan menerima pesan promosi lagi. Balas MULAI untuk kembali.",
                     *       "opt_out_scope": "all",
                     *       "words": [
                     *         {
                     *           "intent": "opt_out",
                     *           "scope": "marketing",
                     *           "words": "stop promo"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConsentSettingsView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    change_consent_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "bulk_needs_consent": false,
                 *       "opt_in_confirmation": "Selamat datang kembali!",
                 *       "opt_out_confirmation": "Anda tidak akan menerima pesan promosi lagi. Balas MULAI untuk kembali.",
                 *       "opt_out_scope": "all",
                 *       "words": [
                 *         {
                 *           "intent": "opt_out",
                 *           "scope": "marketing",
                 *           "words": "stop promo"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ConsentSettingsView"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "bulk_needs_consent": false,
                     *       "opt_in_confirmation": "Selamat datang kembali!",
                     *       "opt_out_confirmation": "Anda tidak akan menerima pesan promosi lagi. Balas MULAI untuk kembali.",
                     *       "opt_out_scope": "all",
                     *       "words": [
                     *         {
                     *           "intent": "opt_out",
                     *           "scope": "marketing",
                     *           "words": "stop promo"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConsentSettingsView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    give_consent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "detail": "newsletter form, 3 March",
                 *       "phone": "+6281234567890",
                 *       "source": "form"
                 *     }
                 */
                "application/json": components["schemas"]["GiveConsent"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "events": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "kind": "opt_out",
                     *           "source": "import",
                     *           "words": "STOP"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConsentView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_consent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                phone: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "events": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "kind": "opt_out",
                     *           "source": "import",
                     *           "words": "STOP"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConsentView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    withdraw_consent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                phone: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_contacts: {
        parameters: {
            query?: {
                /**
                 * @description With this in the number, in international or national spelling: `+62812`, `0812`, `3456`; of a whole number any form
                 *     counts. Or a `<digits>@lid` or `@username`.
                 */
                phone?: string;
                /** @description With this in the name; case, accents and outer spaces do not matter. */
                name?: string;
                /** @description With this tag. */
                tag?: string;
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "attributes": {
                     *             "city": "Jakarta"
                     *           },
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "id": "con_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "lid": null,
                     *           "name": "Sari Wulandari",
                     *           "tags": [
                     *             "pelanggan",
                     *             "jakarta"
                     *           ],
                     *           "updated_at": "2026-11-30T02:15:00Z",
                     *           "username": "sari.w"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_ContactView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    save_contact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "attributes": {
                 *         "city": "Jakarta"
                 *       },
                 *       "name": "Sari Wulandari",
                 *       "phone": "+6281234567890",
                 *       "tags": [
                 *         "pelanggan"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SaveContact"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "attributes": {
                     *         "city": "Jakarta"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "id": "con_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "lid": null,
                     *       "name": "Sari Wulandari",
                     *       "tags": [
                     *         "pelanggan",
                     *         "jakarta"
                     *       ],
                     *       "updated_at": "2026-11-30T02:15:00Z",
                     *       "username": "sari.w"
                     *     }
                     */
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "attributes": {
                     *         "city": "Jakarta"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "id": "con_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "lid": null,
                     *       "name": "Sari Wulandari",
                     *       "tags": [
                     *         "pelanggan",
                     *         "jakarta"
                     *       ],
                     *       "updated_at": "2026-11-30T02:15:00Z",
                     *       "username": "sari.w"
                     *     }
                     */
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    check_numbers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "phones": [
                 *         "+6281234567890",
                 *         "+6281298765432"
                 *       ],
                 *       "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz"
                 *     }
                 */
                "application/json": components["schemas"]["CheckNumbers"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "id": "chk_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "items": [
                     *         {
                     *           "chat_id": "6281234567890@c.us",
                     *           "phone": "+6281234567890"
                     *         }
                     *       ],
                     *       "refused": [
                     *         {
                     *           "detail": "must be a telephone number",
                     *           "given": "12",
                     *           "index": 1,
                     *           "rule": "required"
                     *         }
                     *       ],
                     *       "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "waiting": 0
                     *     }
                     */
                    "application/json": components["schemas"]["NumberCheckView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_number_check: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["NumberCheckId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "id": "chk_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "items": [
                     *         {
                     *           "chat_id": "6281234567890@c.us",
                     *           "phone": "+6281234567890"
                     *         }
                     *       ],
                     *       "refused": [
                     *         {
                     *           "detail": "must be a telephone number",
                     *           "given": "12",
                     *           "index": 1,
                     *           "rule": "required"
                     *         }
                     *       ],
                     *       "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "waiting": 0
                     *     }
                     */
                    "application/json": components["schemas"]["NumberCheckView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    delete_contacts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contacts": {
                 *         "tag": "lama"
                 *       },
                 *       "preview": true
                 *     }
                 */
                "application/json": components["schemas"]["DeleteContacts"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "changed": 12,
                     *       "left": 0
                     *     }
                     */
                    "application/json": components["schemas"]["BatchView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    export_contacts: {
        parameters: {
            query?: {
                /** @description `csv` (UTF-8 with a byte order mark) or `xlsx`. */
                format?: components["schemas"]["ExportFormat"];
                /** @description With this in the name. */
                name?: string;
                /** @description With this tag. */
                tag?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    import_contacts: {
        parameters: {
            query?: {
                /** @description Whose numbers may lack a country code, such as ID; usually your organization's. */
                country?: string;
                /** @description Which column holds the number, if its name does not tell. */
                phone_column?: string;
                /** @description Which column holds the name, if its name does not tell. */
                name_column?: string;
                /** @description A tag that everybody in the file gets. */
                tag?: string;
                /** @description That everybody in the file agreed to bulk messages, and where: put on record with each. */
                consent?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["ListForm"];
                "text/csv": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "added": 230,
                     *       "by_code": {},
                     *       "changed": 15,
                     *       "rejected": 5,
                     *       "rejects": [
                     *         {
                     *           "code": "bad_phone",
                     *           "column": "phone",
                     *           "line": 17,
                     *           "reason": "The number is too short.",
                     *           "value": "0812-34"
                     *         }
                     *       ],
                     *       "total_lines": 250,
                     *       "warnings": {}
                     *     }
                     */
                    "application/json": components["schemas"]["ContactImportView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    tag_contacts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "add": [
                 *         "pelanggan"
                 *       ],
                 *       "contacts": {
                 *         "contact_ids": [
                 *           "con_01kb8v2m5xe7s9q4h6n0r3t8wz"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["TagContacts"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "changed": 12,
                     *       "left": 0
                     *     }
                     */
                    "application/json": components["schemas"]["BatchView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "attributes": {
                     *         "city": "Jakarta"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "id": "con_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "lid": null,
                     *       "name": "Sari Wulandari",
                     *       "tags": [
                     *         "pelanggan",
                     *         "jakarta"
                     *       ],
                     *       "updated_at": "2026-11-30T02:15:00Z",
                     *       "username": "sari.w"
                     *     }
                     */
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    delete_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    change_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Sari Wulandari",
                 *       "tags": [
                 *         "pelanggan",
                 *         "jakarta"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ChangeContact"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "attributes": {
                     *         "city": "Jakarta"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "id": "con_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "lid": null,
                     *       "name": "Sari Wulandari",
                     *       "tags": [
                     *         "pelanggan",
                     *         "jakarta"
                     *       ],
                     *       "updated_at": "2026-11-30T02:15:00Z",
                     *       "username": "sari.w"
                     *     }
                     */
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_identities: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chat_id": "558412345678@c.us",
                     *       "identities": [
                     *         {
                     *           "identity": "99887766554433@lid",
                     *           "learnt_at": "2026-11-30T02:15:00Z",
                     *           "source": "number_check"
                     *         }
                     *       ],
                     *       "phones": [
                     *         "+6281234567890"
                     *       ],
                     *       "username": "sari.w"
                     *     }
                     */
                    "application/json": components["schemas"]["IdentitiesView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    join_identity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "identity": "99887766554433@lid"
                 *     }
                 */
                "application/json": components["schemas"]["JoinIdentity"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chat_id": "558412345678@c.us",
                     *       "identities": [
                     *         {
                     *           "identity": "99887766554433@lid",
                     *           "learnt_at": "2026-11-30T02:15:00Z",
                     *           "source": "number_check"
                     *         }
                     *       ],
                     *       "phones": [
                     *         "+6281234567890"
                     *       ],
                     *       "username": "sari.w"
                     *     }
                     */
                    "application/json": components["schemas"]["IdentitiesView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    part_identity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ContactId"];
                /** @description `<digits>@lid` or `<digits>@c.us` */
                identity: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description parted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_conversations: {
        parameters: {
            query?: {
                /** @description Of this session. */
                session?: components["schemas"]["SessionId"];
                /** @description True: only those with something unread; false: only those without. */
                unread?: boolean;
                /** @description With this in the name, the username or the number. */
                search?: string;
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "chat_id": "6281234567890@c.us",
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "group": false,
                     *           "id": "cnv_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "last_message": {
                     *             "at": "2026-11-30T02:15:00Z",
                     *             "direction": "outbound",
                     *             "id": "msg_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *             "preview": "Apakah motif ini masih ada?",
                     *             "state": "accepted",
                     *             "type": "text"
                     *           },
                     *           "name": "Sari Wulandari",
                     *           "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "unread": 2,
                     *           "username": "sari.w"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_ConversationView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    count_unread: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "conversations": 3,
                     *       "messages": 7
                     *     }
                     */
                    "application/json": components["schemas"]["UnreadView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chat_id": "6281234567890@c.us",
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "group": false,
                     *       "id": "cnv_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "last_message": {
                     *         "at": "2026-11-30T02:15:00Z",
                     *         "direction": "outbound",
                     *         "id": "msg_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *         "preview": "Apakah motif ini masih ada?",
                     *         "state": "accepted",
                     *         "type": "text"
                     *       },
                     *       "name": "Sari Wulandari",
                     *       "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "unread": 2,
                     *       "username": "sari.w"
                     *     }
                     */
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_conversation_messages: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
            };
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "chat_id": "6281234567890@c.us",
                     *           "class": "transactional",
                     *           "content": {
                     *             "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *             "type": "text"
                     *           },
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "direction": "outbound",
                     *           "id": "msg_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "reactions": [
                     *             {
                     *               "at": "2026-11-30T02:15:00Z",
                     *               "chat_id": "6281234567890@c.us",
                     *               "emoji": "👍"
                     *             }
                     *           ],
                     *           "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "state": "accepted"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_MessageView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    read_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description marked as read */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_dead_letters: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
                /** @description Only those that gave up for this reason. */
                code?: components["schemas"]["ReasonCode"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "attempts": 5,
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "detail": "the file is gone",
                     *           "id": "job_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "kind": "send_message",
                     *           "payload": {}
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_DeadLetterView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_dead_letter_groups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "jobs": 12,
                     *           "kind": "send_message",
                     *           "oldest": "2026-11-30T02:15:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DeadGroupsView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    replay_dead_letters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "campaign_id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
                 *       "code": "media_gone",
                 *       "preview": true
                 *     }
                 */
                "application/json": components["schemas"]["Replay"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "left": 0,
                     *       "replayed": 12
                     *     }
                     */
                    "application/json": components["schemas"]["ReplayedView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_imports: {
        parameters: {
            query?: {
                /** @description Into this campaign. */
                campaign?: components["schemas"]["CampaignId"];
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "added": 1100,
                     *           "by_code": {},
                     *           "bytes": 48213,
                     *           "changed": 90,
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "file_name": "pelanggan.xlsx",
                     *           "id": "imp_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "lines": 1208,
                     *           "merged": 10,
                     *           "preview": {
                     *             "columns": [
                     *               {
                     *                 "by": "header",
                     *                 "name": "No HP",
                     *                 "role": "phone",
                     *                 "variable": "no_hp"
                     *               }
                     *             ],
                     *             "delimiter": ";",
                     *             "encoding": "windows-1252",
                     *             "format": "csv",
                     *             "header_line": 1,
                     *             "missing_variables": [],
                     *             "origin": "wahana",
                     *             "people": [
                     *               {
                     *                 "line": 2,
                     *                 "name": "Sari",
                     *                 "phone": "+6281234567890",
                     *                 "tags": [
                     *                   "pelanggan"
                     *                 ],
                     *                 "variables": {
                     *                   "kota": "Solo"
                     *                 },
                     *                 "warnings": [
                     *                   "guessed_column"
                     *                 ]
                     *               }
                     *             ],
                     *             "rejects": [
                     *               {
                     *                 "code": "bad_phone",
                     *                 "column": "No HP",
                     *                 "line": 3,
                     *                 "reason": "this is not a telephone number",
                     *                 "value": "0812-34"
                     *               }
                     *             ],
                     *             "rows": [
                     *               [
                     *                 "Sari",
                     *                 "0812-3456-7890"
                     *               ]
                     *             ],
                     *             "sheet": "Januari",
                     *             "sheets": [
                     *               "Januari",
                     *               "Februari"
                     *             ],
                     *             "warnings": [
                     *               "guessed_column"
                     *             ]
                     *           },
                     *           "rejected": 8,
                     *           "rejects": [
                     *             {
                     *               "code": "bad_phone",
                     *               "column": "phone",
                     *               "line": 17,
                     *               "reason": "The number is too short.",
                     *               "value": "0812-34"
                     *             }
                     *           ],
                     *           "settings": {
                     *             "country": "ID",
                     *             "name_column": "Nama",
                     *             "phone_column": "No HP",
                     *             "tag": "pelanggan"
                     *           },
                     *           "state": "ready",
                     *           "undone": 0,
                     *           "warnings": {}
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_ImportView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    upload_import: {
        parameters: {
            query?: {
                /** @description The draft that gets the people; without it the address book does. */
                campaign_id?: components["schemas"]["CampaignId"];
                /** @description Whose numbers may lack a country code, such as ID; usually your organization's. */
                country?: string;
                /** @description Whether the first line names the columns; usually that is recognised. */
                header?: boolean;
                /** @description The sheet of a workbook; usually the first with rows. */
                sheet?: string;
                /** @description Which column holds the number, if its name does not tell. */
                phone_column?: string;
                /** @description Which column holds the name, if its name does not tell. */
                name_column?: string;
                /** @description Which column holds tags; empty is none. */
                tags_column?: string;
                /** @description Which column holds the time zone; empty is none. */
                time_zone_column?: string;
                /** @description A tag that everybody in the list gets. */
                tag?: string;
                /** @description What the file is called, unless a form says so. */
                file_name?: string;
                /** @description Start at once instead of waiting for `POST /imports/{id}/start`. */
                start?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "multipart/form-data": components["schemas"]["ListForm"];
                "text/csv": string;
                "text/vcard": string;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "added": 1100,
                     *       "by_code": {},
                     *       "bytes": 48213,
                     *       "changed": 90,
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "file_name": "pelanggan.xlsx",
                     *       "id": "imp_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "lines": 1208,
                     *       "merged": 10,
                     *       "preview": {
                     *         "columns": [
                     *           {
                     *             "by": "header",
                     *             "name": "No HP",
                     *             "role": "phone",
                     *             "variable": "no_hp"
                     *           }
                     *         ],
                     *         "delimiter": ";",
                     *         "encoding": "windows-1252",
                     *         "format": "csv",
                     *         "header_line": 1,
                     *         "missing_variables": [],
                     *         "origin": "wahana",
                     *         "people": [
                     *           {
                     *             "line": 2,
                     *             "name": "Sari",
                     *             "phone": "+6281234567890",
                     *             "tags": [
                     *               "pelanggan"
                     *             ],
                     *             "variables": {
                     *               "kota": "Solo"
                     *             },
                     *             "warnings": [
                     *               "guessed_column"
                     *             ]
                     *           }
                     *         ],
                     *         "rejects": [
                     *           {
                     *             "code": "bad_phone",
                     *             "column": "No HP",
                     *             "line": 3,
                     *             "reason": "this is not a telephone number",
                     *             "value": "0812-34"
                     *           }
                     *         ],
                     *         "rows": [
                     *           [
                     *             "Sari",
                     *             "0812-3456-7890"
                     *           ]
                     *         ],
                     *         "sheet": "Januari",
                     *         "sheets": [
                     *           "Januari",
                     *           "Februari"
                     *         ],
                     *         "warnings": [
                     *           "guessed_column"
                     *         ]
                     *       },
                     *       "rejected": 8,
                     *       "rejects": [
                     *         {
                     *           "code": "bad_phone",
                     *           "column": "phone",
                     *           "line": 17,
                     *           "reason": "The number is too short.",
                     *           "value": "0812-34"
                     *         }
                     *       ],
                     *       "settings": {
                     *         "country": "ID",
                     *         "name_column": "Nama",
                     *         "phone_column": "No HP",
                     *         "tag": "pelanggan"
                     *       },
                     *       "state": "ready",
                     *       "undone": 0,
                     *       "warnings": {}
                     *     }
                     */
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "added": 1100,
                     *       "by_code": {},
                     *       "bytes": 48213,
                     *       "changed": 90,
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "file_name": "pelanggan.xlsx",
                     *       "id": "imp_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "lines": 1208,
                     *       "merged": 10,
                     *       "preview": {
                     *         "columns": [
                     *           {
                     *             "by": "header",
                     *             "name": "No HP",
                     *             "role": "phone",
                     *             "variable": "no_hp"
                     *           }
                     *         ],
                     *         "delimiter": ";",
                     *         "encoding": "windows-1252",
                     *         "format": "csv",
                     *         "header_line": 1,
                     *         "missing_variables": [],
                     *         "origin": "wahana",
                     *         "people": [
                     *           {
                     *             "line": 2,
                     *             "name": "Sari",
                     *             "phone": "+6281234567890",
                     *             "tags": [
                     *               "pelanggan"
                     *             ],
                     *             "variables": {
                     *               "kota": "Solo"
                     *             },
                     *             "warnings": [
                     *               "guessed_column"
                     *             ]
                     *           }
                     *         ],
                     *         "rejects": [
                     *           {
                     *             "code": "bad_phone",
                     *             "column": "No HP",
                     *             "line": 3,
                     *             "reason": "this is not a telephone number",
                     *             "value": "0812-34"
                     *           }
                     *         ],
                     *         "rows": [
                     *           [
                     *             "Sari",
                     *             "0812-3456-7890"
                     *           ]
                     *         ],
                     *         "sheet": "Januari",
                     *         "sheets": [
                     *           "Januari",
                     *           "Februari"
                     *         ],
                     *         "warnings": [
                     *           "guessed_column"
                     *         ]
                     *       },
                     *       "rejected": 8,
                     *       "rejects": [
                     *         {
                     *           "code": "bad_phone",
                     *           "column": "phone",
                     *           "line": 17,
                     *           "reason": "The number is too short.",
                     *           "value": "0812-34"
                     *         }
                     *       ],
                     *       "settings": {
                     *         "country": "ID",
                     *         "name_column": "Nama",
                     *         "phone_column": "No HP",
                     *         "tag": "pelanggan"
                     *       },
                     *       "state": "ready",
                     *       "undone": 0,
                     *       "warnings": {}
                     *     }
                     */
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    delete_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    change_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name_column": "Nama",
                 *       "phone_column": "No HP",
                 *       "tag": "pelanggan"
                 *     }
                 */
                "application/json": components["schemas"]["ImportSettingsBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "added": 1100,
                     *       "by_code": {},
                     *       "bytes": 48213,
                     *       "changed": 90,
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "file_name": "pelanggan.xlsx",
                     *       "id": "imp_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "lines": 1208,
                     *       "merged": 10,
                     *       "preview": {
                     *         "columns": [
                     *           {
                     *             "by": "header",
                     *             "name": "No HP",
                     *             "role": "phone",
                     *             "variable": "no_hp"
                     *           }
                     *         ],
                     *         "delimiter": ";",
                     *         "encoding": "windows-1252",
                     *         "format": "csv",
                     *         "header_line": 1,
                     *         "missing_variables": [],
                     *         "origin": "wahana",
                     *         "people": [
                     *           {
                     *             "line": 2,
                     *             "name": "Sari",
                     *             "phone": "+6281234567890",
                     *             "tags": [
                     *               "pelanggan"
                     *             ],
                     *             "variables": {
                     *               "kota": "Solo"
                     *             },
                     *             "warnings": [
                     *               "guessed_column"
                     *             ]
                     *           }
                     *         ],
                     *         "rejects": [
                     *           {
                     *             "code": "bad_phone",
                     *             "column": "No HP",
                     *             "line": 3,
                     *             "reason": "this is not a telephone number",
                     *             "value": "0812-34"
                     *           }
                     *         ],
                     *         "rows": [
                     *           [
                     *             "Sari",
                     *             "0812-3456-7890"
                     *           ]
                     *         ],
                     *         "sheet": "Januari",
                     *         "sheets": [
                     *           "Januari",
                     *           "Februari"
                     *         ],
                     *         "warnings": [
                     *           "guessed_column"
                     *         ]
                     *       },
                     *       "rejected": 8,
                     *       "rejects": [
                     *         {
                     *           "code": "bad_phone",
                     *           "column": "phone",
                     *           "line": 17,
                     *           "reason": "The number is too short.",
                     *           "value": "0812-34"
                     *         }
                     *       ],
                     *       "settings": {
                     *         "country": "ID",
                     *         "name_column": "Nama",
                     *         "phone_column": "No HP",
                     *         "tag": "pelanggan"
                     *       },
                     *       "state": "ready",
                     *       "undone": 0,
                     *       "warnings": {}
                     *     }
                     */
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    check_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "added": 1100,
                     *       "by_code": {},
                     *       "bytes": 48213,
                     *       "changed": 90,
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "file_name": "pelanggan.xlsx",
                     *       "id": "imp_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "lines": 1208,
                     *       "merged": 10,
                     *       "preview": {
                     *         "columns": [
                     *           {
                     *             "by": "header",
                     *             "name": "No HP",
                     *             "role": "phone",
                     *             "variable": "no_hp"
                     *           }
                     *         ],
                     *         "delimiter": ";",
                     *         "encoding": "windows-1252",
                     *         "format": "csv",
                     *         "header_line": 1,
                     *         "missing_variables": [],
                     *         "origin": "wahana",
                     *         "people": [
                     *           {
                     *             "line": 2,
                     *             "name": "Sari",
                     *             "phone": "+6281234567890",
                     *             "tags": [
                     *               "pelanggan"
                     *             ],
                     *             "variables": {
                     *               "kota": "Solo"
                     *             },
                     *             "warnings": [
                     *               "guessed_column"
                     *             ]
                     *           }
                     *         ],
                     *         "rejects": [
                     *           {
                     *             "code": "bad_phone",
                     *             "column": "No HP",
                     *             "line": 3,
                     *             "reason": "this is not a telephone number",
                     *             "value": "0812-34"
                     *           }
                     *         ],
                     *         "rows": [
                     *           [
                     *             "Sari",
                     *             "0812-3456-7890"
                     *           ]
                     *         ],
                     *         "sheet": "Januari",
                     *         "sheets": [
                     *           "Januari",
                     *           "Februari"
                     *         ],
                     *         "warnings": [
                     *           "guessed_column"
                     *         ]
                     *       },
                     *       "rejected": 8,
                     *       "rejects": [
                     *         {
                     *           "code": "bad_phone",
                     *           "column": "phone",
                     *           "line": 17,
                     *           "reason": "The number is too short.",
                     *           "value": "0812-34"
                     *         }
                     *       ],
                     *       "settings": {
                     *         "country": "ID",
                     *         "name_column": "Nama",
                     *         "phone_column": "No HP",
                     *         "tag": "pelanggan"
                     *       },
                     *       "state": "ready",
                     *       "undone": 0,
                     *       "warnings": {}
                     *     }
                     */
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    export_import_rejects: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    start_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "added": 1100,
                     *       "by_code": {},
                     *       "bytes": 48213,
                     *       "changed": 90,
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "file_name": "pelanggan.xlsx",
                     *       "id": "imp_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "lines": 1208,
                     *       "merged": 10,
                     *       "preview": {
                     *         "columns": [
                     *           {
                     *             "by": "header",
                     *             "name": "No HP",
                     *             "role": "phone",
                     *             "variable": "no_hp"
                     *           }
                     *         ],
                     *         "delimiter": ";",
                     *         "encoding": "windows-1252",
                     *         "format": "csv",
                     *         "header_line": 1,
                     *         "missing_variables": [],
                     *         "origin": "wahana",
                     *         "people": [
                     *           {
                     *             "line": 2,
                     *             "name": "Sari",
                     *             "phone": "+6281234567890",
                     *             "tags": [
                     *               "pelanggan"
                     *             ],
                     *             "variables": {
                     *               "kota": "Solo"
                     *             },
                     *             "warnings": [
                     *               "guessed_column"
                     *             ]
                     *           }
                     *         ],
                     *         "rejects": [
                     *           {
                     *             "code": "bad_phone",
                     *             "column": "No HP",
                     *             "line": 3,
                     *             "reason": "this is not a telephone number",
                     *             "value": "0812-34"
                     *           }
                     *         ],
                     *         "rows": [
                     *           [
                     *             "Sari",
                     *             "0812-3456-7890"
                     *           ]
                     *         ],
                     *         "sheet": "Januari",
                     *         "sheets": [
                     *           "Januari",
                     *           "Februari"
                     *         ],
                     *         "warnings": [
                     *           "guessed_column"
                     *         ]
                     *       },
                     *       "rejected": 8,
                     *       "rejects": [
                     *         {
                     *           "code": "bad_phone",
                     *           "column": "phone",
                     *           "line": 17,
                     *           "reason": "The number is too short.",
                     *           "value": "0812-34"
                     *         }
                     *       ],
                     *       "settings": {
                     *         "country": "ID",
                     *         "name_column": "Nama",
                     *         "phone_column": "No HP",
                     *         "tag": "pelanggan"
                     *       },
                     *       "state": "ready",
                     *       "undone": 0,
                     *       "warnings": {}
                     *     }
                     */
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    undo_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "added": 1100,
                     *       "by_code": {},
                     *       "bytes": 48213,
                     *       "changed": 90,
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "file_name": "pelanggan.xlsx",
                     *       "id": "imp_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "lines": 1208,
                     *       "merged": 10,
                     *       "preview": {
                     *         "columns": [
                     *           {
                     *             "by": "header",
                     *             "name": "No HP",
                     *             "role": "phone",
                     *             "variable": "no_hp"
                     *           }
                     *         ],
                     *         "delimiter": ";",
                     *         "encoding": "windows-1252",
                     *         "format": "csv",
                     *         "header_line": 1,
                     *         "missing_variables": [],
                     *         "origin": "wahana",
                     *         "people": [
                     *           {
                     *             "line": 2,
                     *             "name": "Sari",
                     *             "phone": "+6281234567890",
                     *             "tags": [
                     *               "pelanggan"
                     *             ],
                     *             "variables": {
                     *               "kota": "Solo"
                     *             },
                     *             "warnings": [
                     *               "guessed_column"
                     *             ]
                     *           }
                     *         ],
                     *         "rejects": [
                     *           {
                     *             "code": "bad_phone",
                     *             "column": "No HP",
                     *             "line": 3,
                     *             "reason": "this is not a telephone number",
                     *             "value": "0812-34"
                     *           }
                     *         ],
                     *         "rows": [
                     *           [
                     *             "Sari",
                     *             "0812-3456-7890"
                     *           ]
                     *         ],
                     *         "sheet": "Januari",
                     *         "sheets": [
                     *           "Januari",
                     *           "Februari"
                     *         ],
                     *         "warnings": [
                     *           "guessed_column"
                     *         ]
                     *       },
                     *       "rejected": 8,
                     *       "rejects": [
                     *         {
                     *           "code": "bad_phone",
                     *           "column": "phone",
                     *           "line": 17,
                     *           "reason": "The number is too short.",
                     *           "value": "0812-34"
                     *         }
                     *       ],
                     *       "settings": {
                     *         "country": "ID",
                     *         "name_column": "Nama",
                     *         "phone_column": "No HP",
                     *         "tag": "pelanggan"
                     *       },
                     *       "state": "ready",
                     *       "undone": 0,
                     *       "warnings": {}
                     *     }
                     */
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_jobs: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
                /** @description This one: the id of a job or a message. */
                id?: string;
                /** @description Sends to this number. */
                recipient?: string;
                /** @description Of this organization; for operators. */
                organization?: components["schemas"]["OrganizationId"];
                /** @description Of this session. */
                session?: components["schemas"]["SessionId"];
                /** @description Of this campaign. */
                campaign?: components["schemas"]["CampaignId"];
                /** @description Of this kind. */
                kind?: components["schemas"]["JobKind"];
                /** @description In this state of a job, or of a message whose job is over. */
                state?: components["schemas"]["JobOrMessageState"];
                /** @description Whose last error has this code. */
                error?: components["schemas"]["ReasonCode"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "id": "job_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "kind": "send_message",
                     *           "organization_id": "org_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "recipient": "6281234567890",
                     *           "state": "pending"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_JobView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    job_timeline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "step": "accepted"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["JobTimelineView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    upload_media: {
        parameters: {
            query?: {
                /** @description What recipients see as its name. */
                filename?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": components["schemas"]["Binary"];
                "multipart/form-data": components["schemas"]["UploadForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "filename": "katalog.pdf",
                     *       "format": "PDF",
                     *       "id": "med_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "mimetype": "application/pdf",
                     *       "size": 48213
                     *     }
                     */
                    "application/json": components["schemas"]["MediaView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_media_limits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "converts": false,
                     *           "kind": "image",
                     *           "max_bytes": 5242880,
                     *           "takes": [
                     *             "JPEG",
                     *             "PNG"
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["MediaLimitsView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    download_media: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["MediaId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": components["schemas"]["Binary"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_messages: {
        parameters: {
            query?: {
                /** @description Of this session. */
                session?: components["schemas"]["SessionId"];
                /** @description In this state. */
                state?: components["schemas"]["MessageState"];
                /** @description Of this campaign. */
                campaign?: components["schemas"]["CampaignId"];
                /** @description Sent or received. */
                direction?: components["schemas"]["Direction"];
                /** @description With this person. */
                phone?: string;
                /** @description Transactional or bulk. */
                class?: components["schemas"]["Class"];
                /** @description With this error code. */
                code?: components["schemas"]["ReasonCode"];
                /**
                 * @description With these words in the text or caption. So that not everything has to be read, say also `session`, `campaign`,
                 *     `phone` or `from`.
                 */
                text?: string;
                /** @description Accepted or received at this time or later. */
                from?: string;
                /** @description Accepted or received before this time. */
                to?: string;
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "chat_id": "6281234567890@c.us",
                     *           "class": "transactional",
                     *           "content": {
                     *             "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *             "type": "text"
                     *           },
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "direction": "outbound",
                     *           "id": "msg_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "reactions": [
                     *             {
                     *               "at": "2026-11-30T02:15:00Z",
                     *               "chat_id": "6281234567890@c.us",
                     *               "emoji": "👍"
                     *             }
                     *           ],
                     *           "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "state": "accepted"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_MessageView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    send_message: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "content": {
                 *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                 *         "type": "text"
                 *       },
                 *       "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                 *       "to": "+6281234567890"
                 *     }
                 */
                "application/json": components["schemas"]["SendMessage"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chat_id": "6281234567890@c.us",
                     *       "class": "transactional",
                     *       "content": {
                     *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *         "type": "text"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "direction": "outbound",
                     *       "id": "msg_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "reactions": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "chat_id": "6281234567890@c.us",
                     *           "emoji": "👍"
                     *         }
                     *       ],
                     *       "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "state": "accepted"
                     *     }
                     */
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    cancel_messages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "campaign_id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
                 *       "preview": true,
                 *       "state": "failed"
                 *     }
                 */
                "application/json": components["schemas"]["SelectMessages"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "changed": 12,
                     *       "left": 0
                     *     }
                     */
                    "application/json": components["schemas"]["BatchView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    export_messages: {
        parameters: {
            query?: {
                /** @description `csv` (UTF-8 with a byte order mark) or `xlsx`. */
                format?: components["schemas"]["ExportFormat"];
                /** @description Of this session. */
                session?: components["schemas"]["SessionId"];
                /** @description In this state. */
                state?: components["schemas"]["MessageState"];
                /** @description Of this campaign. */
                campaign?: components["schemas"]["CampaignId"];
                /** @description Sent or received. */
                direction?: components["schemas"]["Direction"];
                /** @description With this person. */
                phone?: string;
                /** @description Transactional or bulk. */
                class?: components["schemas"]["Class"];
                /** @description With this error code. */
                code?: components["schemas"]["ReasonCode"];
                /** @description With these words in the text or caption. Say also `session`, `campaign`, `phone` or `from`. */
                text?: string;
                /** @description Accepted or received at this time or later. */
                from?: string;
                /** @description Accepted or received before this time. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    retry_messages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "campaign_id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
                 *       "preview": true,
                 *       "state": "failed"
                 *     }
                 */
                "application/json": components["schemas"]["SelectMessages"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "changed": 12,
                     *       "left": 0
                     *     }
                     */
                    "application/json": components["schemas"]["BatchView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chat_id": "6281234567890@c.us",
                     *       "class": "transactional",
                     *       "content": {
                     *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *         "type": "text"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "direction": "outbound",
                     *       "id": "msg_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "reactions": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "chat_id": "6281234567890@c.us",
                     *           "emoji": "👍"
                     *         }
                     *       ],
                     *       "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "state": "accepted"
                     *     }
                     */
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    cancel_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chat_id": "6281234567890@c.us",
                     *       "class": "transactional",
                     *       "content": {
                     *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *         "type": "text"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "direction": "outbound",
                     *       "id": "msg_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "reactions": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "chat_id": "6281234567890@c.us",
                     *           "emoji": "👍"
                     *         }
                     *       ],
                     *       "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "state": "accepted"
                     *     }
                     */
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    download_message_media: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": components["schemas"]["Binary"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    message_timeline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "what": "accepted"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TimelineView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_all_audit_events: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
                /** @description Only what touched this organization. */
                organization?: components["schemas"]["OrganizationId"];
                /** @description Only this act (`campaign.pause`), or with a trailing dot its family (`campaign.`). */
                action?: string;
                /** @description Only what was done to this. */
                target?: string;
                /** @description Only what this actor did. */
                actor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "action": "campaign.pause",
                     *           "actor": "sari@tokobatik.example",
                     *           "actor_kind": "user",
                     *           "address": "203.0.113.7",
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "detail": {},
                     *           "id": "aud_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "request_id": "req_01kb8v2m5xe7s9",
                     *           "target": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_AuditEventView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    set_concurrency: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "queue": "inbound",
                 *       "slots": 8
                 *     }
                 */
                "application/json": components["schemas"]["Concurrency"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "paused": false,
                     *           "reason": "WhatsApp is down",
                     *           "set_at": "2026-11-30T02:15:00Z",
                     *           "set_by": "operator@wahana.example",
                     *           "target": "outbound"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ControlsView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_controls: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "paused": false,
                     *           "reason": "WhatsApp is down",
                     *           "set_at": "2026-11-30T02:15:00Z",
                     *           "set_by": "operator@wahana.example",
                     *           "target": "outbound"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ControlsView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_all_dead_letter_groups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "jobs": 12,
                     *           "kind": "send_message",
                     *           "oldest": "2026-11-30T02:15:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DeadGroupsView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    replay_all_dead_letters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "campaign_id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
                 *       "code": "media_gone",
                 *       "preview": true
                 *     }
                 */
                "application/json": components["schemas"]["Replay"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "left": 0,
                     *       "replayed": 12
                     *     }
                     */
                    "application/json": components["schemas"]["ReplayedView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_queue_history: {
        parameters: {
            query?: {
                /** @description How far back, up to a week. */
                hours?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "points": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "queues": [
                     *             {
                     *               "at": "2026-11-30T02:15:00Z",
                     *               "dead": 0,
                     *               "oldest_seconds": 12,
                     *               "pending": 340,
                     *               "queue": "lanes",
                     *               "released": 24,
                     *               "running": 8
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "step_minutes": 5
                     *     }
                     */
                    "application/json": components["schemas"]["QueueHistoryView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_all_jobs: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
                /** @description This one: the id of a job or a message. */
                id?: string;
                /** @description Sends to this number. */
                recipient?: string;
                /** @description Of this organization; for operators. */
                organization?: components["schemas"]["OrganizationId"];
                /** @description Of this session. */
                session?: components["schemas"]["SessionId"];
                /** @description Of this campaign. */
                campaign?: components["schemas"]["CampaignId"];
                /** @description Of this kind. */
                kind?: components["schemas"]["JobKind"];
                /** @description In this state of a job, or of a message whose job is over. */
                state?: components["schemas"]["JobOrMessageState"];
                /** @description Whose last error has this code. */
                error?: components["schemas"]["ReasonCode"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "id": "job_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "kind": "send_message",
                     *           "organization_id": "org_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "recipient": "6281234567890",
                     *           "state": "pending"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_JobView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    cancel_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "step": "accepted"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["JobTimelineView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    retry_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "step": "accepted"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["JobTimelineView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    any_job_timeline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "step": "accepted"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["JobTimelineView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_lanes: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
                /** @description Only of this organization. */
                organization_id?: components["schemas"]["OrganizationId"];
                /** @description Only this one. */
                session_id?: components["schemas"]["SessionId"];
                /** @description Only lanes that wait for this; `nothing` is their turn or a free worker. */
                waiting_for?: "nothing" | "turn" | "session_stopped" | "session_not_working" | "paused" | "parked" | "quiet_hours" | "send_window" | "recipient_window" | "hourly_cap" | "daily_cap" | "warm_up_cap" | "new_chat_cap" | "campaign_rate" | "plan_rate" | "node_limit" | "send_at" | "retry" | "campaign_paused" | "file";
                /** @description Only lanes whose oldest due job waits for so many seconds or longer. */
                min_age_seconds?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "by_reason": {},
                     *       "complete": false,
                     *       "items": [
                     *         {
                     *           "later": 0,
                     *           "organization_id": "org_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "organization_name": "Toko Batik Sari",
                     *           "released": 12,
                     *           "runnable": 40,
                     *           "running": 1,
                     *           "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "session_name": "Toko Batik Sari",
                     *           "status": "pending"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BusyLanesView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_nodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "base_url": "http://waha-1:3000",
                     *           "capacity": 500,
                     *           "cordoned": false,
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "engine": "NOWEB",
                     *           "gaps": [
                     *             "client_ids"
                     *           ],
                     *           "health": "unknown",
                     *           "health_since": "2026-11-30T02:15:00Z",
                     *           "id": "nod_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "labels": {},
                     *           "messages_per_minute": 600,
                     *           "name": "waha-1",
                     *           "sessions": 120,
                     *           "version": "2026.7.1",
                     *           "working": 117
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["NodesView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    add_node: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "api_key": "a long secret of that server",
                 *       "base_url": "http://waha-1:3000",
                 *       "capacity": 500,
                 *       "labels": {
                 *         "region": "jakarta"
                 *       },
                 *       "name": "waha-1"
                 *     }
                 */
                "application/json": components["schemas"]["AddNode"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "base_url": "http://waha-1:3000",
                     *       "capacity": 500,
                     *       "cordoned": false,
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "engine": "NOWEB",
                     *       "gaps": [
                     *         "client_ids"
                     *       ],
                     *       "health": "unknown",
                     *       "health_since": "2026-11-30T02:15:00Z",
                     *       "id": "nod_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "labels": {},
                     *       "messages_per_minute": 600,
                     *       "name": "waha-1",
                     *       "sessions": 120,
                     *       "version": "2026.7.1",
                     *       "working": 117
                     *     }
                     */
                    "application/json": components["schemas"]["NodeView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_node: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["NodeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "base_url": "http://waha-1:3000",
                     *       "capacity": 500,
                     *       "cordoned": false,
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "engine": "NOWEB",
                     *       "gaps": [
                     *         "client_ids"
                     *       ],
                     *       "health": "unknown",
                     *       "health_since": "2026-11-30T02:15:00Z",
                     *       "id": "nod_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "labels": {},
                     *       "messages_per_minute": 600,
                     *       "name": "waha-1",
                     *       "sessions": 120,
                     *       "version": "2026.7.1",
                     *       "working": 117
                     *     }
                     */
                    "application/json": components["schemas"]["NodeView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    remove_node: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["NodeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    change_node: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["NodeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "capacity": 400
                 *     }
                 */
                "application/json": components["schemas"]["ChangeNode"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "base_url": "http://waha-1:3000",
                     *       "capacity": 500,
                     *       "cordoned": false,
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "engine": "NOWEB",
                     *       "gaps": [
                     *         "client_ids"
                     *       ],
                     *       "health": "unknown",
                     *       "health_since": "2026-11-30T02:15:00Z",
                     *       "id": "nod_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "labels": {},
                     *       "messages_per_minute": 600,
                     *       "name": "waha-1",
                     *       "sessions": 120,
                     *       "version": "2026.7.1",
                     *       "working": 117
                     *     }
                     */
                    "application/json": components["schemas"]["NodeView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    cordon_node: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["NodeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "base_url": "http://waha-1:3000",
                     *       "capacity": 500,
                     *       "cordoned": false,
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "engine": "NOWEB",
                     *       "gaps": [
                     *         "client_ids"
                     *       ],
                     *       "health": "unknown",
                     *       "health_since": "2026-11-30T02:15:00Z",
                     *       "id": "nod_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "labels": {},
                     *       "messages_per_minute": 600,
                     *       "name": "waha-1",
                     *       "sessions": 120,
                     *       "version": "2026.7.1",
                     *       "working": 117
                     *     }
                     */
                    "application/json": components["schemas"]["NodeView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    drain_node: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["NodeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "may_scan": false
                 *     }
                 */
                "application/json": components["schemas"]["DrainNode"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "base_url": "http://waha-1:3000",
                     *       "capacity": 500,
                     *       "cordoned": false,
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "engine": "NOWEB",
                     *       "gaps": [
                     *         "client_ids"
                     *       ],
                     *       "health": "unknown",
                     *       "health_since": "2026-11-30T02:15:00Z",
                     *       "id": "nod_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "labels": {},
                     *       "messages_per_minute": 600,
                     *       "name": "waha-1",
                     *       "sessions": 120,
                     *       "version": "2026.7.1",
                     *       "working": 117
                     *     }
                     */
                    "application/json": components["schemas"]["NodeView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_node_moves: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["NodeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "forced": false,
                     *           "from_node_id": "nod_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "id": "mov_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "needs_scan": false,
                     *           "reason": "operator",
                     *           "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "state": "moving",
                     *           "to_node_id": "nod_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["MovesView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_node_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["NodeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "moving": false,
                     *           "name": "Toko Batik Sari",
                     *           "organization_id": "org_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "status": "pending",
                     *           "status_since": "2026-11-30T02:15:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PlacedListView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    uncordon_node: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["NodeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "base_url": "http://waha-1:3000",
                     *       "capacity": 500,
                     *       "cordoned": false,
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "engine": "NOWEB",
                     *       "gaps": [
                     *         "client_ids"
                     *       ],
                     *       "health": "unknown",
                     *       "health_since": "2026-11-30T02:15:00Z",
                     *       "id": "nod_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "labels": {},
                     *       "messages_per_minute": 600,
                     *       "name": "waha-1",
                     *       "sessions": 120,
                     *       "version": "2026.7.1",
                     *       "working": 117
                     *     }
                     */
                    "application/json": components["schemas"]["NodeView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_operator_overview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "dead_letters": 0,
                     *       "nodes": {
                     *         "capacity": 1500,
                     *         "cordoned": 1,
                     *         "dead": 0,
                     *         "degraded": 0,
                     *         "healthy": 3,
                     *         "sessions": 340,
                     *         "unknown": 0
                     *       },
                     *       "queues": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "dead": 0,
                     *           "oldest_seconds": 12,
                     *           "pending": 340,
                     *           "queue": "lanes",
                     *           "released": 24,
                     *           "running": 8
                     *         }
                     *       ],
                     *       "schedulers": {
                     *         "draining": 0,
                     *         "lost": 0,
                     *         "working": 2
                     *       },
                     *       "workers": {
                     *         "draining": 0,
                     *         "lost": 0,
                     *         "working": 2
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["OperatorOverviewView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    pause: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "WhatsApp is down",
                 *       "target": "outbound"
                 *     }
                 */
                "application/json": components["schemas"]["Pause"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "paused": false,
                     *           "reason": "WhatsApp is down",
                     *           "set_at": "2026-11-30T02:15:00Z",
                     *           "set_by": "operator@wahana.example",
                     *           "target": "outbound"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ControlsView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_plans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "messages_per_minute": 120,
                     *           "name": "pro",
                     *           "organizations": 3,
                     *           "weight": 4
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PlansView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    change_plan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "messages_per_minute": 120,
                 *       "weight": 4
                 *     }
                 */
                "application/json": components["schemas"]["ChangePlan"];
            };
        };
        responses: {
            /** @description changed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    resume: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "WhatsApp is down",
                 *       "target": "outbound"
                 *     }
                 */
                "application/json": components["schemas"]["Pause"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "paused": false,
                     *           "reason": "WhatsApp is down",
                     *           "set_at": "2026-11-30T02:15:00Z",
                     *           "set_by": "operator@wahana.example",
                     *           "target": "outbound"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ControlsView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    move_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "dry_run": true,
                 *       "node_id": "nod_01kb8v2m5xe7s9q4h6n0r3t8wz"
                 *     }
                 */
                "application/json": components["schemas"]["MoveSession"];
            };
        };
        responses: {
            /** @description a dry run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from_node_id": "nod_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "needs_scan": false,
                     *       "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "to_node_id": "nod_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *     }
                     */
                    "application/json": components["schemas"]["MovePlanView"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from_node_id": "nod_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "needs_scan": false,
                     *       "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "to_node_id": "nod_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *     }
                     */
                    "application/json": components["schemas"]["MovePlanView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_workers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "draining": false,
                     *           "host": "worker-1",
                     *           "lost": false,
                     *           "owner": "worker-1-4f2a",
                     *           "role": "worker",
                     *           "seen_at": "2026-11-30T02:15:00Z",
                     *           "slots": {},
                     *           "started_at": "2026-11-30T02:15:00Z",
                     *           "version": "0.1.0"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WorkersView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_organization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "default_country": "ID",
                     *       "id": "org_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "language": "en",
                     *       "name": "Toko Batik Sari",
                     *       "plan": "standard",
                     *       "time_zone": "Asia/Jakarta"
                     *     }
                     */
                    "application/json": components["schemas"]["OrganizationView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    update_organization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "language": "id",
                 *       "name": "Toko Batik Sari",
                 *       "time_zone": "Asia/Jakarta"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateOrganization"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "default_country": "ID",
                     *       "id": "org_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "language": "en",
                     *       "name": "Toko Batik Sari",
                     *       "plan": "standard",
                     *       "time_zone": "Asia/Jakarta"
                     *     }
                     */
                    "application/json": components["schemas"]["OrganizationView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_overview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "at": "2026-11-30T02:15:00Z",
                     *       "campaigns": {
                     *         "items": [
                     *           {
                     *             "delivered": 790,
                     *             "failed": 6,
                     *             "id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *             "name": "Promo akhir tahun",
                     *             "read": 512,
                     *             "sent": 820,
                     *             "state": "draft",
                     *             "total": 1200
                     *           }
                     *         ],
                     *         "paused": 0,
                     *         "running": 1,
                     *         "scheduled": 2
                     *       },
                     *       "dead_letters": 0,
                     *       "inbox": {
                     *         "replies_waiting": 4,
                     *         "unread_conversations": 3,
                     *         "unread_messages": 7
                     *       },
                     *       "messages_today": {
                     *         "by_state": {},
                     *         "complete": false,
                     *         "sent": 820,
                     *         "since": "2026-11-30T02:15:00Z"
                     *       },
                     *       "onboarding": {
                     *         "campaign_started": false,
                     *         "message_sent": false,
                     *         "organization": false,
                     *         "session_paired": false
                     *       },
                     *       "requests_last_hour": {
                     *         "client_errors": 6,
                     *         "requests": 1840,
                     *         "server_errors": 0
                     *       },
                     *       "sessions": [
                     *         {
                     *           "health": "healthy",
                     *           "sessions": 3,
                     *           "status": "pending"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OverviewView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    open_pairing_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "expires_at": "2026-11-30T02:15:00Z",
                     *       "name": "Toko Batik Sari",
                     *       "simple_status": "connected",
                     *       "status": "pending"
                     *     }
                     */
                    "application/json": components["schemas"]["OpenedView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    open_pairing_qr: {
        parameters: {
            query?: {
                /** @description `png`, or `raw` for JSON with the text inside; usually by the Accept header. */
                format?: "png" | "raw";
            };
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": components["schemas"]["Binary"];
                    /**
                     * @example {
                     *       "value": "2@Zk1Xh0vQ8r"
                     *     }
                     */
                    "application/json": components["schemas"]["QrView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            /** @description `session_not_pairing` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_requests: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
                /** @description Only those that ended so. */
                status?: "2xx" | "4xx" | "5xx";
                /** @description Only paths that begin so, such as `/api/v1/messages`. */
                path?: string;
                /** @description Only this method, in capital letters. */
                method?: string;
                /** @description Only of this key. */
                api_key_id?: components["schemas"]["ApiKeyId"];
                /** @description Only of this member. */
                user_id?: components["schemas"]["UserId"];
                /** @description Only with this problem. */
                error_code?: string;
                /** @description Only of this name. */
                request_id?: string;
                /** @description Only since then. */
                from?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "caller": "kasir",
                     *           "duration_ms": 14,
                     *           "method": "POST",
                     *           "path": "/api/v1/messages",
                     *           "request_id": "req_01kb8v2m5xe7s9",
                     *           "route": "/api/v1/messages",
                     *           "status": 202
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_RequestView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_request: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "acts": [
                     *         {
                     *           "action": "campaign.create",
                     *           "target": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *         }
                     *       ],
                     *       "messages": [
                     *         "msg_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *       ],
                     *       "request": {
                     *         "at": "2026-11-30T02:15:00Z",
                     *         "caller": "kasir",
                     *         "duration_ms": 14,
                     *         "method": "POST",
                     *         "path": "/api/v1/messages",
                     *         "request_id": "req_01kb8v2m5xe7s9",
                     *         "route": "/api/v1/messages",
                     *         "status": 202
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["RequestDetailView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_sender_pools: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "id": "pool_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "members": [
                     *             {
                     *               "enabled": false,
                     *               "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *               "weight": 100
                     *             }
                     *           ],
                     *           "name": "Pengingat pesanan"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_SenderPoolView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    create_sender_pool: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "members": [
                 *         {
                 *           "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                 *           "weight": 100
                 *         }
                 *       ],
                 *       "name": "Pengingat pesanan"
                 *     }
                 */
                "application/json": components["schemas"]["CreateSenderPool"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "id": "pool_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "members": [
                     *         {
                     *           "enabled": false,
                     *           "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "weight": 100
                     *         }
                     *       ],
                     *       "name": "Pengingat pesanan"
                     *     }
                     */
                    "application/json": components["schemas"]["SenderPoolView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_sender_pool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SenderPoolId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "id": "pool_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "members": [
                     *         {
                     *           "enabled": false,
                     *           "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "weight": 100
                     *         }
                     *       ],
                     *       "name": "Pengingat pesanan"
                     *     }
                     */
                    "application/json": components["schemas"]["SenderPoolView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    delete_sender_pool: {
        parameters: {
            query?: {
                /** @description Do it although something depends on it. What waits is still sent by the session that has it. */
                force?: boolean;
            };
            header?: never;
            path: {
                id: components["schemas"]["SenderPoolId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    change_sender_pool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SenderPoolId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "description": "Nomor untuk pengingat pesanan"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeSenderPool"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "id": "pool_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "members": [
                     *         {
                     *           "enabled": false,
                     *           "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "weight": 100
                     *         }
                     *       ],
                     *       "name": "Pengingat pesanan"
                     *     }
                     */
                    "application/json": components["schemas"]["SenderPoolView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    set_sender_pool_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SenderPoolId"];
                session_id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": true,
                 *       "weight": 50
                 *     }
                 */
                "application/json": components["schemas"]["SetMember"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "id": "pool_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "members": [
                     *         {
                     *           "enabled": false,
                     *           "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "weight": 100
                     *         }
                     *       ],
                     *       "name": "Pengingat pesanan"
                     *     }
                     */
                    "application/json": components["schemas"]["SenderPoolView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    remove_sender_pool_member: {
        parameters: {
            query?: {
                /** @description Do it although something depends on it. What waits is still sent by the session that has it. */
                force?: boolean;
            };
            header?: never;
            path: {
                id: components["schemas"]["SenderPoolId"];
                session_id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    sender_pool_status: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SenderPoolId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "members": [
                     *         {
                     *           "contacts": 310,
                     *           "enabled": false,
                     *           "moved_in": 0,
                     *           "moved_out": 2,
                     *           "name": "Toko Batik Sari",
                     *           "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "standing": "sends",
                     *           "waiting": 40,
                     *           "weight": 100,
                     *           "weight_in_force": 100
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PoolStatusView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_sessions: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
                /** @description Only those that are so. */
                health?: components["schemas"]["Health"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "description": "Nomor utama toko",
                     *           "desired": "running",
                     *           "health": {
                     *             "since": "2026-11-30T02:15:00Z",
                     *             "state": "healthy"
                     *           },
                     *           "id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "name": "Toko Batik Sari",
                     *           "policy": {
                     *             "gap_max_ms": 60000,
                     *             "gap_min_ms": 30000,
                     *             "hi_share_percent": 20,
                     *             "time_zone": "Asia/Jakarta"
                     *           },
                     *           "push_name": "Toko Batik Sari",
                     *           "simple_status": "connected",
                     *           "status": "pending",
                     *           "status_since": "2026-11-30T02:15:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_SessionView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    create_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "description": "Nomor utama toko",
                 *       "name": "Toko Batik Sari"
                 *     }
                 */
                "application/json": components["schemas"]["CreateSession"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "description": "Nomor utama toko",
                     *       "desired": "running",
                     *       "health": {
                     *         "since": "2026-11-30T02:15:00Z",
                     *         "state": "healthy"
                     *       },
                     *       "id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "name": "Toko Batik Sari",
                     *       "policy": {
                     *         "gap_max_ms": 60000,
                     *         "gap_min_ms": 30000,
                     *         "hi_share_percent": 20,
                     *         "time_zone": "Asia/Jakarta"
                     *       },
                     *       "push_name": "Toko Batik Sari",
                     *       "simple_status": "connected",
                     *       "status": "pending",
                     *       "status_since": "2026-11-30T02:15:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "description": "Nomor utama toko",
                     *       "desired": "running",
                     *       "health": {
                     *         "since": "2026-11-30T02:15:00Z",
                     *         "state": "healthy"
                     *       },
                     *       "id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "name": "Toko Batik Sari",
                     *       "policy": {
                     *         "gap_max_ms": 60000,
                     *         "gap_min_ms": 30000,
                     *         "hi_share_percent": 20,
                     *         "time_zone": "Asia/Jakarta"
                     *       },
                     *       "push_name": "Toko Batik Sari",
                     *       "simple_status": "connected",
                     *       "status": "pending",
                     *       "status_since": "2026-11-30T02:15:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    delete_session: {
        parameters: {
            query?: {
                /**
                 * @description Delete it although campaigns or sender pools send through it: they lose this sender, and a campaign pauses if
                 *     it was the last.
                 */
                force?: boolean;
                /** @description Delete it although messages are scheduled: they are cancelled. */
                cancel_scheduled?: boolean;
            };
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it will be removed */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    change_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Toko Batik Sari, kasir"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeSession"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "description": "Nomor utama toko",
                     *       "desired": "running",
                     *       "health": {
                     *         "since": "2026-11-30T02:15:00Z",
                     *         "state": "healthy"
                     *       },
                     *       "id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "name": "Toko Batik Sari",
                     *       "policy": {
                     *         "gap_max_ms": 60000,
                     *         "gap_min_ms": 30000,
                     *         "hi_share_percent": 20,
                     *         "time_zone": "Asia/Jakarta"
                     *       },
                     *       "push_name": "Toko Batik Sari",
                     *       "simple_status": "connected",
                     *       "status": "pending",
                     *       "status_since": "2026-11-30T02:15:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_session_contacts: {
        parameters: {
            query?: {
                /**
                 * @description With this in the number, in international or national spelling: `+62812`, `0812`, `3456`; of a whole number any form
                 *     counts. Or a `<digits>@lid` or `@username`.
                 */
                phone?: string;
                /** @description With this in the name; case, accents and outer spaces do not matter. */
                name?: string;
                /** @description With this tag. */
                tag?: string;
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
            };
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "attributes": {
                     *             "city": "Jakarta"
                     *           },
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "id": "con_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "lid": null,
                     *           "name": "Sari Wulandari",
                     *           "tags": [
                     *             "pelanggan",
                     *             "jakarta"
                     *           ],
                     *           "updated_at": "2026-11-30T02:15:00Z",
                     *           "username": "sari.w"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_ContactView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_session_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
                phone: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "attributes": {
                     *         "city": "Jakarta"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "id": "con_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "lid": null,
                     *       "name": "Sari Wulandari",
                     *       "tags": [
                     *         "pelanggan",
                     *         "jakarta"
                     *       ],
                     *       "updated_at": "2026-11-30T02:15:00Z",
                     *       "username": "sari.w"
                     *     }
                     */
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    session_events: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "detail": "somebody has to scan its QR code",
                     *           "status": "pending"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SessionEventsView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    session_impact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "campaigns": [
                     *         {
                     *           "id": "cam_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "name": "Promo akhir tahun",
                     *           "only_sender": false,
                     *           "people_left": 380,
                     *           "state": "draft"
                     *         }
                     *       ],
                     *       "sender_pools": [
                     *         {
                     *           "id": "pool_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "name": "Pengingat pesanan",
                     *           "others": 2
                     *         }
                     *       ],
                     *       "waiting_messages": 40
                     *     }
                     */
                    "application/json": components["schemas"]["SessionImpactView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    session_lane: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "bulk": {},
                     *       "new_chats_24h": 18,
                     *       "sent_24h": 214,
                     *       "transactional": {}
                     *     }
                     */
                    "application/json": components["schemas"]["LaneView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    logout_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "description": "Nomor utama toko",
                     *       "desired": "running",
                     *       "health": {
                     *         "since": "2026-11-30T02:15:00Z",
                     *         "state": "healthy"
                     *       },
                     *       "id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "name": "Toko Batik Sari",
                     *       "policy": {
                     *         "gap_max_ms": 60000,
                     *         "gap_min_ms": 30000,
                     *         "hi_share_percent": 20,
                     *         "time_zone": "Asia/Jakarta"
                     *       },
                     *       "push_name": "Toko Batik Sari",
                     *       "simple_status": "connected",
                     *       "status": "pending",
                     *       "status_since": "2026-11-30T02:15:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_session_messages: {
        parameters: {
            query?: {
                /** @description In this state. */
                state?: components["schemas"]["MessageState"];
                /** @description Sent or received. */
                direction?: components["schemas"]["Direction"];
                /** @description With this person. */
                phone?: string;
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
            };
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "chat_id": "6281234567890@c.us",
                     *           "class": "transactional",
                     *           "content": {
                     *             "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *             "type": "text"
                     *           },
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "direction": "outbound",
                     *           "id": "msg_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "reactions": [
                     *             {
                     *               "at": "2026-11-30T02:15:00Z",
                     *               "chat_id": "6281234567890@c.us",
                     *               "emoji": "👍"
                     *             }
                     *           ],
                     *           "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "state": "accepted"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_MessageView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_session_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
                message_id: components["schemas"]["MessageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chat_id": "6281234567890@c.us",
                     *       "class": "transactional",
                     *       "content": {
                     *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *         "type": "text"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "direction": "outbound",
                     *       "id": "msg_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "reactions": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "chat_id": "6281234567890@c.us",
                     *           "emoji": "👍"
                     *         }
                     *       ],
                     *       "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "state": "accepted"
                     *     }
                     */
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    session_pairing_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "phone": "+6281234567890"
                 *     }
                 */
                "application/json": components["schemas"]["PairingCodeRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "ABCD-1234"
                     *     }
                     */
                    "application/json": components["schemas"]["PairingCodeView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_pairing_links: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "created_by": "sari@tokobatik.example",
                     *           "expires_at": "2026-11-30T02:15:00Z",
                     *           "id": "plk_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PairingLinksView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    create_pairing_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "minutes": 15
                 *     }
                 */
                "application/json": components["schemas"]["CreatePairingLink"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "link": {
                     *         "created_at": "2026-11-30T02:15:00Z",
                     *         "created_by": "sari@tokobatik.example",
                     *         "expires_at": "2026-11-30T02:15:00Z",
                     *         "id": "plk_01kb8v2m5xe7s9q4h6n0r3t8wz"
                     *       },
                     *       "token": "wpl_Zl8xUe7nK2sVt9yRw3pDc6hGaLqE5TbX94fQ0b1Jm7H"
                     *     }
                     */
                    "application/json": components["schemas"]["NewPairingLinkView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    revoke_pairing_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
                link_id: components["schemas"]["PairingLinkId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description revoked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    preview_policy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "new_chat_percent": 40,
                 *       "policy": {
                 *         "gap_max_ms": 60000,
                 *         "gap_min_ms": 30000
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PreviewPolicy"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "days": [
                     *         {
                     *           "binding": "turn",
                     *           "date": "2026-11-30",
                     *           "messages": 420
                     *         }
                     *       ],
                     *       "hours": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "binding": "turn",
                     *           "messages": 60
                     *         }
                     *       ],
                     *       "mean_pause_ms": 45000,
                     *       "open": [
                     *         {
                     *           "from": "2026-11-30T02:15:00Z",
                     *           "to": "2026-11-30T02:15:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PolicyPreviewView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    session_qr: {
        parameters: {
            query?: {
                /** @description `png`, or `raw` for JSON with the text inside; usually by the Accept header. */
                format?: "png" | "raw";
            };
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": components["schemas"]["Binary"];
                    /**
                     * @example {
                     *       "value": "2@Zk1Xh0vQ8r"
                     *     }
                     */
                    "application/json": components["schemas"]["QrView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            /** @description `session_not_pairing` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    restart_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "description": "Nomor utama toko",
                     *       "desired": "running",
                     *       "health": {
                     *         "since": "2026-11-30T02:15:00Z",
                     *         "state": "healthy"
                     *       },
                     *       "id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "name": "Toko Batik Sari",
                     *       "policy": {
                     *         "gap_max_ms": 60000,
                     *         "gap_min_ms": 30000,
                     *         "hi_share_percent": 20,
                     *         "time_zone": "Asia/Jakarta"
                     *       },
                     *       "push_name": "Toko Batik Sari",
                     *       "simple_status": "connected",
                     *       "status": "pending",
                     *       "status_since": "2026-11-30T02:15:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    send_document: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
            };
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "caption": "Katalog bulan ini",
                 *       "media": {
                 *         "filename": "katalog.pdf",
                 *         "mimetype": "application/pdf",
                 *         "url": "https://tokobatik.example/katalog.pdf"
                 *       },
                 *       "to": "+6281234567890"
                 *     }
                 */
                "application/json": components["schemas"]["SendFile"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chat_id": "6281234567890@c.us",
                     *       "class": "transactional",
                     *       "content": {
                     *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *         "type": "text"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "direction": "outbound",
                     *       "id": "msg_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "reactions": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "chat_id": "6281234567890@c.us",
                     *           "emoji": "👍"
                     *         }
                     *       ],
                     *       "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "state": "accepted"
                     *     }
                     */
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    send_image: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
            };
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "caption": "Katalog bulan ini",
                 *       "media": {
                 *         "filename": "katalog.pdf",
                 *         "mimetype": "application/pdf",
                 *         "url": "https://tokobatik.example/katalog.pdf"
                 *       },
                 *       "to": "+6281234567890"
                 *     }
                 */
                "application/json": components["schemas"]["SendFile"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chat_id": "6281234567890@c.us",
                     *       "class": "transactional",
                     *       "content": {
                     *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *         "type": "text"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "direction": "outbound",
                     *       "id": "msg_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "reactions": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "chat_id": "6281234567890@c.us",
                     *           "emoji": "👍"
                     *         }
                     *       ],
                     *       "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "state": "accepted"
                     *     }
                     */
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    send_text: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
            };
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                 *       "to": "+6281234567890"
                 *     }
                 */
                "application/json": components["schemas"]["SendText"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chat_id": "6281234567890@c.us",
                     *       "class": "transactional",
                     *       "content": {
                     *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *         "type": "text"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "direction": "outbound",
                     *       "id": "msg_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "reactions": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "chat_id": "6281234567890@c.us",
                     *           "emoji": "👍"
                     *         }
                     *       ],
                     *       "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "state": "accepted"
                     *     }
                     */
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    send_video: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
            };
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "caption": "Katalog bulan ini",
                 *       "media": {
                 *         "filename": "katalog.pdf",
                 *         "mimetype": "application/pdf",
                 *         "url": "https://tokobatik.example/katalog.pdf"
                 *       },
                 *       "to": "+6281234567890"
                 *     }
                 */
                "application/json": components["schemas"]["SendFile"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chat_id": "6281234567890@c.us",
                     *       "class": "transactional",
                     *       "content": {
                     *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *         "type": "text"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "direction": "outbound",
                     *       "id": "msg_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "reactions": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "chat_id": "6281234567890@c.us",
                     *           "emoji": "👍"
                     *         }
                     *       ],
                     *       "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "state": "accepted"
                     *     }
                     */
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    send_voice: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
            };
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "caption": "Katalog bulan ini",
                 *       "media": {
                 *         "filename": "katalog.pdf",
                 *         "mimetype": "application/pdf",
                 *         "url": "https://tokobatik.example/katalog.pdf"
                 *       },
                 *       "to": "+6281234567890"
                 *     }
                 */
                "application/json": components["schemas"]["SendFile"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chat_id": "6281234567890@c.us",
                     *       "class": "transactional",
                     *       "content": {
                     *         "text": "Halo Ibu Sari, pesanan batik Anda sudah siap diambil.",
                     *         "type": "text"
                     *       },
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "direction": "outbound",
                     *       "id": "msg_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "reactions": [
                     *         {
                     *           "at": "2026-11-30T02:15:00Z",
                     *           "chat_id": "6281234567890@c.us",
                     *           "emoji": "👍"
                     *         }
                     *       ],
                     *       "session_id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "state": "accepted"
                     *     }
                     */
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    start_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "description": "Nomor utama toko",
                     *       "desired": "running",
                     *       "health": {
                     *         "since": "2026-11-30T02:15:00Z",
                     *         "state": "healthy"
                     *       },
                     *       "id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "name": "Toko Batik Sari",
                     *       "policy": {
                     *         "gap_max_ms": 60000,
                     *         "gap_min_ms": 30000,
                     *         "hi_share_percent": 20,
                     *         "time_zone": "Asia/Jakarta"
                     *       },
                     *       "push_name": "Toko Batik Sari",
                     *       "simple_status": "connected",
                     *       "status": "pending",
                     *       "status_since": "2026-11-30T02:15:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    session_statistics: {
        parameters: {
            query?: {
                /** @description How many days, today included. */
                days?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "days": [
                     *         {
                     *           "bulk": 180,
                     *           "date": "2026-11-30",
                     *           "delivered": 209,
                     *           "failed": 1,
                     *           "new_chats": 18,
                     *           "read": 140,
                     *           "received": 37,
                     *           "sent": 214
                     *         }
                     *       ],
                     *       "time_zone": "Asia/Jakarta"
                     *     }
                     */
                    "application/json": components["schemas"]["SessionStatisticsView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    watch_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["SessionStatusView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    stop_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "description": "Nomor utama toko",
                     *       "desired": "running",
                     *       "health": {
                     *         "since": "2026-11-30T02:15:00Z",
                     *         "state": "healthy"
                     *       },
                     *       "id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "name": "Toko Batik Sari",
                     *       "policy": {
                     *         "gap_max_ms": 60000,
                     *         "gap_min_ms": 30000,
                     *         "hi_share_percent": 20,
                     *         "time_zone": "Asia/Jakarta"
                     *       },
                     *       "push_name": "Toko Batik Sari",
                     *       "simple_status": "connected",
                     *       "status": "pending",
                     *       "status_since": "2026-11-30T02:15:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    try_session_again: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "description": "Nomor utama toko",
                     *       "desired": "running",
                     *       "health": {
                     *         "since": "2026-11-30T02:15:00Z",
                     *         "state": "healthy"
                     *       },
                     *       "id": "ses_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "name": "Toko Batik Sari",
                     *       "policy": {
                     *         "gap_max_ms": 60000,
                     *         "gap_min_ms": 30000,
                     *         "hi_share_percent": 20,
                     *         "time_zone": "Asia/Jakarta"
                     *       },
                     *       "push_name": "Toko Batik Sari",
                     *       "simple_status": "connected",
                     *       "status": "pending",
                     *       "status_since": "2026-11-30T02:15:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "at": "2026-11-30T02:15:00Z",
                     *       "parts": [
                     *         {
                     *           "part": "api",
                     *           "state": "ok"
                     *         }
                     *       ],
                     *       "state": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["StatusView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    watch_changes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Hint"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_suppressions: {
        parameters: {
            query?: {
                /** @description With these digits anywhere in the number or LID; what is no digit does not count, nor does a zero in front. */
                phone?: string;
                /** @description For this reason. */
                reason?: components["schemas"]["SuppressionReason"];
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "detail": "wrote STOP",
                     *           "lid": null,
                     *           "reason": "opt_out",
                     *           "scope": "marketing"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_SuppressionView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    add_suppression: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "detail": "asked by telephone",
                 *       "phone": "+6281234567890",
                 *       "reason": "manual"
                 *     }
                 */
                "application/json": components["schemas"]["AddSuppression"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "detail": "wrote STOP",
                     *       "lid": null,
                     *       "reason": "opt_out",
                     *       "scope": "marketing"
                     *     }
                     */
                    "application/json": components["schemas"]["SuppressionView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    remove_suppression: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                phone: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_api_keys: {
        parameters: {
            query?: {
                /** @description Rows per page. */
                limit?: components["schemas"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["schemas"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "id": "key_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "name": "kasir",
                     *           "prefix": "wah_4fQ0b1Jm",
                     *           "scopes": [
                     *             "sessions:read"
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageView_ApiKeyView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    create_api_key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "expires_at": "2027-11-30T00:00:00Z",
                 *       "name": "kasir",
                 *       "scopes": [
                 *         "messages:send",
                 *         "messages:read"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateApiKey"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "api_key": {
                     *         "created_at": "2026-11-30T02:15:00Z",
                     *         "id": "key_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *         "name": "kasir",
                     *         "prefix": "wah_4fQ0b1Jm",
                     *         "scopes": [
                     *           "sessions:read"
                     *         ]
                     *       },
                     *       "key": "wah_4fQ0b1JmZl8xUe7nK2sVt9yRw3pDc6hGaLqE5T"
                     *     }
                     */
                    "application/json": components["schemas"]["NewApiKeyView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    revoke_api_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ApiKeyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description revoked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    rename_api_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ApiKeyId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "kasir lantai dua"
                 *     }
                 */
                "application/json": components["schemas"]["RenameApiKey"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "id": "key_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "name": "kasir",
                     *       "prefix": "wah_4fQ0b1Jm",
                     *       "scopes": [
                     *         "sessions:read"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKeyView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    rotate_api_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ApiKeyId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlap_seconds": 86400
                 *     }
                 */
                "application/json": components["schemas"]["RotateApiKey"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "api_key": {
                     *         "created_at": "2026-11-30T02:15:00Z",
                     *         "id": "key_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *         "name": "kasir",
                     *         "prefix": "wah_4fQ0b1Jm",
                     *         "scopes": [
                     *           "sessions:read"
                     *         ]
                     *       },
                     *       "key": "wah_4fQ0b1JmZl8xUe7nK2sVt9yRw3pDc6hGaLqE5T"
                     *     }
                     */
                    "application/json": components["schemas"]["NewApiKeyView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "current_password": "kuda terbang tinggi",
                 *       "new_password": "ombak besar di selatan"
                 *     }
                 */
                "application/json": components["schemas"]["ChangePassword"];
            };
        };
        responses: {
            /** @description changed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    list_devices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "address": "203.0.113.7",
                     *           "created_at": "2026-11-30T02:15:00Z",
                     *           "current": false,
                     *           "id": "dev_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *           "last_seen_at": "2026-11-30T02:15:00Z",
                     *           "user_agent": "Mozilla/5.0 (Linux; Android 15)"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DevicesView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    revoke_other_devices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description logged out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    revoke_device: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["DeviceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description logged out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    get_profile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "organization": {
                     *         "created_at": "2026-11-30T02:15:00Z",
                     *         "default_country": "ID",
                     *         "id": "org_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *         "language": "en",
                     *         "name": "Toko Batik Sari",
                     *         "plan": "standard",
                     *         "time_zone": "Asia/Jakarta"
                     *       },
                     *       "role": "owner",
                     *       "user": {
                     *         "created_at": "2026-11-30T02:15:00Z",
                     *         "email": "sari@tokobatik.example",
                     *         "id": "usr_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *         "name": "Sari Wulandari",
                     *         "operator": false,
                     *         "theme": "system"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ProfileView"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
    update_profile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "language": "id",
                 *       "name": "Sari Wulandari",
                 *       "theme": "dark"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateProfile"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-30T02:15:00Z",
                     *       "email": "sari@tokobatik.example",
                     *       "id": "usr_01kb8v2m5xe7s9q4h6n0r3t8wz",
                     *       "name": "Sari Wulandari",
                     *       "operator": false,
                     *       "theme": "system"
                     *     }
                     */
                    "application/json": components["schemas"]["UserView"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
        };
    };
}
