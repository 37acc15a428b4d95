BEGIN TRANSACTION;
CREATE TABLE assets (
	file_name VARCHAR NOT NULL, 
	original_name TEXT NOT NULL, 
	source_url TEXT NOT NULL, 
	media_type VARCHAR, 
	size INTEGER, 
	used BOOLEAN DEFAULT 1 NOT NULL, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (file_name)
);
INSERT INTO "assets" VALUES('31dfaf4d-05f4-48d1-aa8c-8f12f7c62599.jpg','flux_sign_diffusion.jpg','https://assets.rapidata.ai/flux_sign_diffusion.jpg',NULL,NULL,1,1800000120.0);
INSERT INTO "assets" VALUES('87e3dbf7-7e9d-4d3a-b758-957556257822.jpg','mj_sign_diffusion.jpg','https://assets.rapidata.ai/mj_sign_diffusion.jpg',NULL,NULL,1,1800000120.0);
CREATE TABLE assignments (
	job_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	user_score DOUBLE NOT NULL, 
	position INTEGER, 
	due DOUBLE NOT NULL, 
	answered INTEGER NOT NULL, 
	PRIMARY KEY (job_id, labeler_id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "assignments" VALUES('job_628d8f6389be','sim_00000',0.9128,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_628d8f6389be','sim_00001',0.6853,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_628d8f6389be','sim_00002',0.8051,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_628d8f6389be','sim_00003',0.6866,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_628d8f6389be','sim_00004',0.8589,NULL,3.0,3);
INSERT INTO "assignments" VALUES('job_628d8f6389be','sim_00005',0.8946,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_6b40368cc4ab','sim_00000',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_6b40368cc4ab','sim_00001',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_6b40368cc4ab','sim_00002',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_6b40368cc4ab','sim_00003',0.6,NULL,11.0,1);
INSERT INTO "assignments" VALUES('job_6b40368cc4ab','sim_00004',0.6,NULL,11.0,1);
INSERT INTO "assignments" VALUES('job_6b40368cc4ab','sim_00005',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00000',0.9128,0,7.17087203483816160165e-01,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00001',0.6853,0,8.75175842086248434448e-01,1);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00002',0.8051,2,1.53424147330728044558e+00,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00003',0.6866,1,5.62895230317571826361e-01,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00004',0.8589,1,0.679301394502486,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00005',0.8946,2,8.53337051498125220838e-01,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00006',0.8725,2,7.61379537613344314905e-01,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00007',0.8061,1,9.66844650944623351662e-01,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00008',0.7177,1,1.56247447040223730319e+00,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00009',0.7929,2,6.27053686478990845998e-01,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00010',0.815,0,1.43086677939662831882e+00,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00011',0.7714,0,1.42483591100483919511e+00,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00012',0.8861,2,6.72976202985706706272e-01,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00013',0.8656,0,5.28301476848097362193e-01,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00014',0.7068,0,1.26428353695225048625e+00,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00015',0.7307,2,7.42911880749276276603e-01,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00016',0.8712,1,6.02894056178110648858e-01,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00017',0.8185,1,1.27942545733898094262e+00,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00018',0.7812,0,1.16496026332413160631e+00,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00019',0.0352,1,0.763771110408351,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00020',0.4345,1,5.68170052967548189215e-01,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00021',0.9082,0,8.32847928775475088158e-01,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00022',0.7888,2,1.09786096349983131048e+00,0);
INSERT INTO "assignments" VALUES('job_cb0059ab8c38','sim_00023',0.6593,0,5.8153810886267776059e-01,0);
CREATE TABLE audiences (
	id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	base_id VARCHAR, 
	name TEXT NOT NULL, 
	description TEXT, 
	status VARCHAR NOT NULL, 
	filters JSON NOT NULL, 
	graduation_rule JSON NOT NULL, 
	leave_after INTEGER, 
	drop_min_responses INTEGER NOT NULL, 
	drop_score DOUBLE NOT NULL, 
	created_at DOUBLE NOT NULL, 
	recruiting_since DOUBLE, 
	crowd_size INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "audiences" VALUES('global','global',NULL,'Global','Everyone: the broadest pool of labelers, ready for any simple task.','Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 10, "maxTasks": null}',NULL,3,0.2,0.0,NULL,0);
INSERT INTO "audiences" VALUES('aud_alignment','curated',NULL,'Alignment','Labelers trained to judge how well an image or video follows its prompt.','Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 10, "maxTasks": null}',NULL,3,0.2,0.0,NULL,0);
INSERT INTO "audiences" VALUES('aud_2c8af07c0515','custom',NULL,'Readers',NULL,'Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}',10,3,0.2,1800000000.0,1800000000.0,6);
INSERT INTO "audiences" VALUES('aud_e46f6f80bca2','custom',NULL,'Empty',NULL,'Created','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}',10,3,0.2,1800000120.0,NULL,0);
CREATE TABLE batch_uploads (
	id VARCHAR NOT NULL, 
	correlation_id VARCHAR, 
	outcomes JSON NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "batch_uploads" VALUES('bup_9788e5a33005','ff0d0dad-fa1c-453d-95ad-2ba8497b71ba','[{"url": "https://assets.rapidata.ai/flux_sign_diffusion.jpg", "status": "Completed", "fileName": "31dfaf4d-05f4-48d1-aa8c-8f12f7c62599.jpg", "warnings": []}, {"url": "https://assets.rapidata.ai/mj_sign_diffusion.jpg", "status": "Completed", "fileName": "87e3dbf7-7e9d-4d3a-b758-957556257822.jpg", "warnings": []}]');
CREATE TABLE candidates (
	audience_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	answered INTEGER NOT NULL, 
	correct INTEGER NOT NULL, 
	joined_at DOUBLE NOT NULL, 
	decided_at DOUBLE, 
	next_due DOUBLE, 
	PRIMARY KEY (audience_id, labeler_id), 
	FOREIGN KEY(audience_id) REFERENCES audiences (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "candidates" VALUES('aud_2c8af07c0515','sim_00000','Graduated',3,3,1.80000000097237420086e+09,1.80000000286114573474e+09,NULL);
INSERT INTO "candidates" VALUES('aud_2c8af07c0515','sim_00001','Graduated',3,3,1.8000000006011183262e+09,1.8000000020811548233e+09,NULL);
INSERT INTO "candidates" VALUES('aud_2c8af07c0515','sim_00002','Graduated',3,3,1.80000000005614948271e+09,1.80000000268209147452e+09,NULL);
INSERT INTO "candidates" VALUES('aud_2c8af07c0515','sim_00003','Graduated',3,3,1.80000000041543054586e+09,1.80000000259776306143e+09,NULL);
INSERT INTO "candidates" VALUES('aud_2c8af07c0515','sim_00004','Graduated',3,3,1.80000000123637294768e+09,1.80000000250156593321e+09,NULL);
INSERT INTO "candidates" VALUES('aud_2c8af07c0515','sim_00005','Graduated',3,3,1.80000000082819056508e+09,1.80000000237794733045e+09,NULL);
CREATE TABLE datapoints (
	id VARCHAR NOT NULL, 
	dataset_id VARCHAR NOT NULL, 
	sort_index INTEGER NOT NULL, 
	arrived_at DOUBLE NOT NULL, 
	item_names JSON NOT NULL, 
	context TEXT, 
	segments JSON, 
	group_name VARCHAR, 
	private_metadata JSON, 
	PRIMARY KEY (id), 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE
);
INSERT INTO "datapoints" VALUES('dpt_72df338c7386','dst_8394531ee368',0,1800000120.0,'["first text 0", "second text 0"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 0"}, {"_t": "TextAssetInput", "text": "second text 0"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_7a0dad8fc813','dst_8394531ee368',1,1800000120.0,'["first text 1", "second text 1"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 1"}, {"_t": "TextAssetInput", "text": "second text 1"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_b7f4d289a697','dst_8394531ee368',2,1800000120.0,'["first text 2", "second text 2"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 2"}, {"_t": "TextAssetInput", "text": "second text 2"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_ec9f1ea9d474','dst_4be262d96bac',0,1800000120.0,'["31dfaf4d-05f4-48d1-aa8c-8f12f7c62599.jpg", "87e3dbf7-7e9d-4d3a-b758-957556257822.jpg"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "ExistingAssetInput", "name": "31dfaf4d-05f4-48d1-aa8c-8f12f7c62599.jpg"}, {"_t": "ExistingAssetInput", "name": "87e3dbf7-7e9d-4d3a-b758-957556257822.jpg"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_a509bbacd4e6','dst_30c723f30ed4',0,1800000154.0,'["a", "b"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "a"}, {"_t": "TextAssetInput", "text": "b"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_02620b6a6bb7','dst_baa145110ac2',0,1800000164.0,'["one 0", "two 0"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 0"}, {"_t": "TextAssetInput", "text": "two 0"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_360875c9181d','dst_baa145110ac2',1,1800000164.0,'["one 1", "two 1"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 1"}, {"_t": "TextAssetInput", "text": "two 1"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_b37cc106573e','dst_baa145110ac2',2,1800000164.0,'["one 2", "two 2"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 2"}, {"_t": "TextAssetInput", "text": "two 2"}]}}]',NULL,'null');
CREATE TABLE dataset_groups (
	dataset_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	context TEXT, 
	segments JSON NOT NULL, 
	PRIMARY KEY (dataset_id, name), 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE
);
INSERT INTO "dataset_groups" VALUES('dst_30c723f30ed4','dataset_groups_name','dataset_groups_context','[]');
CREATE TABLE datasets (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	schema JSON, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "datasets" VALUES('dst_8394531ee368','Texts_dataset','null',1800000120.0);
INSERT INTO "datasets" VALUES('dst_4be262d96bac','Pictures_dataset','null',1800000120.0);
INSERT INTO "datasets" VALUES('dst_30c723f30ed4','Draft_dataset','null',1800000154.0);
INSERT INTO "datasets" VALUES('dst_baa145110ac2','Halfway_dataset','null',1800000164.0);
CREATE TABLE definitions (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	created_at DOUBLE NOT NULL, 
	deleted_at DOUBLE, 
	PRIMARY KEY (id)
);
INSERT INTO "definitions" VALUES('jdf_ca0eecad9233','Texts',1800000120.0,NULL);
INSERT INTO "definitions" VALUES('jdf_94149158cff3','Pictures',1800000120.0,NULL);
INSERT INTO "definitions" VALUES('jdf_091e7719359d','Draft',1800000154.0,NULL);
INSERT INTO "definitions" VALUES('jdf_c1062a7240d5','Halfway',1800000164.0,NULL);
CREATE TABLE example_responses (
	example_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	correct BOOLEAN NOT NULL, 
	at DOUBLE NOT NULL, 
	PRIMARY KEY (example_id, labeler_id), 
	FOREIGN KEY(example_id) REFERENCES examples (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "example_responses" VALUES('exm_dbb83761191d','sim_00002',1,1.80000000093146347995e+09);
INSERT INTO "example_responses" VALUES('exm_dbb83761191d','sim_00001',1,1.80000000109446382521e+09);
INSERT INTO "example_responses" VALUES('exm_dbb83761191d','sim_00003',1,1.80000000114287471769e+09);
INSERT INTO "example_responses" VALUES('exm_dbb83761191d','sim_00005',1,1.80000000134477615354e+09);
INSERT INTO "example_responses" VALUES('exm_b3548f5e8250','sim_00001',1,1.80000000158780932429e+09);
INSERT INTO "example_responses" VALUES('exm_dbb83761191d','sim_00000',1,1.80000000160196471209e+09);
INSERT INTO "example_responses" VALUES('exm_dbb83761191d','sim_00004',1,1.80000000165810394286e+09);
INSERT INTO "example_responses" VALUES('exm_b3548f5e8250','sim_00002',1,1.80000000180677747728e+09);
INSERT INTO "example_responses" VALUES('exm_b3548f5e8250','sim_00005',1,1.80000000186136174199e+09);
INSERT INTO "example_responses" VALUES('exm_b3548f5e8250','sim_00003',1,1.8000000018703188896e+09);
INSERT INTO "example_responses" VALUES('exm_b3548f5e8250','sim_00004',1,1.80000000207983493804e+09);
INSERT INTO "example_responses" VALUES('exm_a46382f487da','sim_00001',1,1.8000000020811548233e+09);
INSERT INTO "example_responses" VALUES('exm_b3548f5e8250','sim_00000',1,1.80000000223155522342e+09);
INSERT INTO "example_responses" VALUES('exm_a46382f487da','sim_00005',1,1.80000000237794733045e+09);
INSERT INTO "example_responses" VALUES('exm_a46382f487da','sim_00004',1,1.80000000250156593321e+09);
INSERT INTO "example_responses" VALUES('exm_a46382f487da','sim_00003',1,1.80000000259776306143e+09);
INSERT INTO "example_responses" VALUES('exm_a46382f487da','sim_00002',1,1.80000000268209147452e+09);
INSERT INTO "example_responses" VALUES('exm_a46382f487da','sim_00000',1,1.80000000286114573474e+09);
CREATE TABLE examples (
	id VARCHAR NOT NULL, 
	audience_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	body JSON NOT NULL, 
	correct_count INTEGER NOT NULL, 
	incorrect_count INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(audience_id) REFERENCES audiences (id) ON DELETE CASCADE
);
INSERT INTO "examples" VALUES('exm_b3548f5e8250','aud_2c8af07c0515',0,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 0"}, {"_t": "TextAssetInput", "text": "muddled answer 0"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 0"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
INSERT INTO "examples" VALUES('exm_dbb83761191d','aud_2c8af07c0515',1,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 1"}, {"_t": "TextAssetInput", "text": "muddled answer 1"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 1"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
INSERT INTO "examples" VALUES('exm_a46382f487da','aud_2c8af07c0515',2,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 2"}, {"_t": "TextAssetInput", "text": "muddled answer 2"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 2"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
CREATE TABLE handouts (
	job_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	since DOUBLE NOT NULL, 
	report VARCHAR, 
	PRIMARY KEY (job_id, labeler_id, position), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "handouts" VALUES('job_628d8f6389be','sim_00000',0,'InHand',1800000000.0,'handouts_report');
CREATE TABLE job_datapoints (
	job_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	datapoint_id VARCHAR NOT NULL, 
	settled BOOLEAN NOT NULL, 
	load INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (job_id, position), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "job_datapoints" VALUES('job_628d8f6389be',0,'dpt_72df338c7386',1,3);
INSERT INTO "job_datapoints" VALUES('job_628d8f6389be',1,'dpt_7a0dad8fc813',1,3);
INSERT INTO "job_datapoints" VALUES('job_628d8f6389be',2,'dpt_b7f4d289a697',1,3);
INSERT INTO "job_datapoints" VALUES('job_6b40368cc4ab',0,'dpt_ec9f1ea9d474',1,2);
INSERT INTO "job_datapoints" VALUES('job_cb0059ab8c38',0,'dpt_02620b6a6bb7',0,9);
INSERT INTO "job_datapoints" VALUES('job_cb0059ab8c38',1,'dpt_360875c9181d',0,8);
INSERT INTO "job_datapoints" VALUES('job_cb0059ab8c38',2,'dpt_b37cc106573e',0,8);
CREATE TABLE jobs (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	definition_id VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	audience_id VARCHAR NOT NULL, 
	pipeline_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	created_at DOUBLE NOT NULL, 
	completed_at DOUBLE, 
	running_since DOUBLE, 
	ran_for DOUBLE NOT NULL, 
	pace DOUBLE NOT NULL, 
	datapoint_count INTEGER NOT NULL, 
	settled_count INTEGER NOT NULL, 
	response_count INTEGER NOT NULL, 
	simulated_count INTEGER NOT NULL, 
	cost DOUBLE DEFAULT '0' NOT NULL, 
	preceding_job_id VARCHAR, 
	failed_at DOUBLE, 
	failure_message TEXT, 
	review_reason VARCHAR, 
	stale_at_end BOOLEAN, 
	deleted_at DOUBLE, 
	pairs_dataset_id VARCHAR, 
	pairs_made INTEGER, 
	PRIMARY KEY (id)
);
INSERT INTO "jobs" VALUES('job_628d8f6389be','Texts:1','jdf_ca0eecad9233',1,'global','ppl_7383320db169','Completed',1800000136.0,1.80000013755561304087e+09,NULL,1.55561304092407226562e+00,1.0,3,3,9,9,0.09,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES('job_6b40368cc4ab','Pictures:1','jdf_94149158cff3',1,'aud_2c8af07c0515','ppl_2cf8f0855368','Completed',1800000154.0,1.80000015474726819987e+09,NULL,7.47268199920654296875e-01,1.0,1,1,2,2,0.02,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES('job_cb0059ab8c38','Halfway:1','jdf_c1062a7240d5',1,'global','ppl_aecdea7cda7b','Paused',1800000180.0,NULL,NULL,0.5,1.0,3,0,1,1,0.01,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL);
CREATE TABLE keys (
	name VARCHAR NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "keys" VALUES('sharing','7G1v1mx_WMJDHbnKEce7leT7GRaDJeotODsxjEsD_f8');
CREATE TABLE labelers (
	id VARCHAR NOT NULL, 
	simulated BOOLEAN NOT NULL, 
	country VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	age VARCHAR NOT NULL, 
	gender VARCHAR NOT NULL, 
	occupation VARCHAR NOT NULL, 
	device VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "labelers" VALUES('sim_00000',1,'MX','es','65+','Female','Self-employed','Phone');
INSERT INTO "labelers" VALUES('sim_00001',1,'ES','es','40-49','Male','Student','Phone');
INSERT INTO "labelers" VALUES('sim_00002',1,'ID','id','65+','Female','Student','Tablet');
INSERT INTO "labelers" VALUES('sim_00003',1,'MX','es','40-49','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00004',1,'IN','en','18-29','Male','Student','Tablet');
INSERT INTO "labelers" VALUES('sim_00005',1,'MX','es','40-49','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00006',1,'DE','de','65+','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00007',1,'FR','fr','65+','Male','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00008',1,'SE','sv','50-64','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00009',1,'DE','de','18-29','Female','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00010',1,'US','en','18-29','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00011',1,'CO','es','30-39','Male','Student','Tablet');
INSERT INTO "labelers" VALUES('sim_00012',1,'RO','ro','18-29','Male','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00013',1,'MX','es','30-39','Female','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00014',1,'FR','fr','50-64','Male','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00015',1,'ES','es','40-49','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00016',1,'MA','ar','65+','Male','Self-employed','Phone');
INSERT INTO "labelers" VALUES('sim_00017',1,'MY','ms','40-49','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00018',1,'IN','en','65+','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00019',1,'MA','ar','50-64','Female','Self-employed','Phone');
INSERT INTO "labelers" VALUES('sim_00020',1,'PH','en','65+','Female','Student','Phone');
INSERT INTO "labelers" VALUES('sim_00021',1,'FR','fr','65+','Male','Employed','Unknown');
INSERT INTO "labelers" VALUES('sim_00022',1,'KE','en','65+','Female','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00023',1,'TR','tr','30-39','Female','Employed','Tablet');
CREATE TABLE ledger (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	begun_at DOUBLE NOT NULL, 
	owner VARCHAR, 
	notes JSON NOT NULL, 
	settled_at DOUBLE, 
	made_id VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "ledger" VALUES(1,'5b1b885c6cd8a5cf652ea0bcb17e2ea624d1a7bb9f6c0f8f0a85230bee8f2e5f','audience',1800000000.0,NULL,'{}',1800000000.0,'aud_2c8af07c0515');
INSERT INTO "ledger" VALUES(2,'0bc633e682c6c9bc24aa4336d9616cf9209518c2bc9a52fc59ffd53d96cc9c09','audience',1800000120.0,NULL,'{}',1800000120.0,'aud_e46f6f80bca2');
INSERT INTO "ledger" VALUES(3,'0a55ebfe8bc8a023a102a4755f126315db51036bbf4f2d094c8be54df1a56f9a','definition',1800000120.0,NULL,'{"dataset_id": "dst_8394531ee368"}',1800000120.0,'jdf_ca0eecad9233');
INSERT INTO "ledger" VALUES(4,'65e92539ea426859761d7481232bb4b69ef47abbfa697ac0d3a29238d0e75c3a','definition',1800000120.0,NULL,'{"dataset_id": "dst_4be262d96bac"}',1800000120.0,'jdf_94149158cff3');
INSERT INTO "ledger" VALUES(5,'93b6a9371394e9a468558eb55acaf7bf70e4c7108b4f73d6e3bcb6379034ac71','job',1800000136.0,NULL,'{}',1800000136.0,'job_628d8f6389be');
INSERT INTO "ledger" VALUES(6,'2ceaea945e9ce8d5b4724b76eac1edc2fa9ec77a9921bd99bcebdbf332ba0ba7','job',1800000154.0,NULL,'{}',1800000154.0,'job_6b40368cc4ab');
INSERT INTO "ledger" VALUES(7,'9744e0113a286266affac58b429cc023b1afef1011f8daf815be53a18f71fe3d','definition',1800000154.0,NULL,'{"dataset_id": "dst_30c723f30ed4"}',1800000154.0,'jdf_091e7719359d');
INSERT INTO "ledger" VALUES(8,'d155e9f0a60412e2ef2d7df0814d76cd86d489946829058b0d7b80785ebcb075','definition',1800000164.0,NULL,'{"dataset_id": "dst_baa145110ac2"}',1800000164.0,'jdf_c1062a7240d5');
INSERT INTO "ledger" VALUES(9,'5965b9dd39447d2486f858f05b11377d5a6f4fe9796bffce7e96cf743404c1de','job',1800000180.0,NULL,'{}',1800000180.0,'job_cb0059ab8c38');
CREATE TABLE preliminary_downloads (
	id VARCHAR NOT NULL, 
	job_id VARCHAR NOT NULL, 
	asked BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "preliminary_downloads" VALUES('preliminary_downloads_id','job_628d8f6389be',0);
CREATE TABLE quotes (
	id VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	job_definition_id VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	audience_id VARCHAR NOT NULL, 
	run_after VARCHAR NOT NULL, 
	repeat BOOLEAN NOT NULL, 
	estimate DOUBLE NOT NULL, 
	shortfall DOUBLE NOT NULL, 
	question TEXT NOT NULL, 
	expires_at DOUBLE NOT NULL, 
	state VARCHAR NOT NULL, 
	job_id VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "quotes" VALUES('quo_e0b797a82ef3c416717f7490','local','jdf_ca0eecad9233',1,'global','',0,0.09,0.0,'Start “Texts” on “Global”, 3 pairs, about 9 responses at most, estimated at $0.09 (a few late responses can add to it) of a balance of $50.00? This is a rehearsal: its labelers are simulated, not people.',1800001030.0,'used','job_628d8f6389be');
INSERT INTO "quotes" VALUES('quo_a23b2f15d7f18c5bc23e5c2c','local','jdf_94149158cff3',1,'aud_2c8af07c0515','',0,0.02,0.0,'Start “Pictures” on “Readers”, 1 pair, about 2 responses at most, estimated at $0.02 (a few late responses can add to it) of a balance of $49.91? This is a rehearsal: its labelers are simulated, not people.',1800001048.0,'used','job_6b40368cc4ab');
INSERT INTO "quotes" VALUES('quo_29ee5c9cffe4a49c5accd6a0','local','jdf_091e7719359d',1,'global','',0,0.1,0.0,'Start “Draft” on “Global”, 1 pair, about 10 responses at most, estimated at $0.10 (a few late responses can add to it) of a balance of $49.91? This is a rehearsal: its labelers are simulated, not people.',1800001064.0,'open',NULL);
INSERT INTO "quotes" VALUES('quo_6c6d6390b02d08132cdbc61c','local','jdf_c1062a7240d5',1,'global','',0,0.36,0.0,'Start “Halfway” on “Global”, 3 pairs, about 36 responses at most, estimated at $0.36 (a few late responses can add to it) of a balance of $49.89? This is a rehearsal: its labelers are simulated, not people.',1800001074.0,'used','job_cb0059ab8c38');
CREATE TABLE rapidata_mcp_schema (
	version INTEGER NOT NULL, 
	program VARCHAR NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "rapidata_mcp_schema" VALUES(1,'0.1.0');
CREATE TABLE responses (
	id INTEGER NOT NULL, 
	job_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	choice INTEGER NOT NULL, 
	answer JSON, 
	user_score DOUBLE NOT NULL, 
	simulated BOOLEAN NOT NULL, 
	at DOUBLE NOT NULL, 
	shown_at INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "responses" VALUES(1,'job_628d8f6389be',0,'sim_00004',0,NULL,0.8589,1,1.80000013666031289097e+09,NULL);
INSERT INTO "responses" VALUES(2,'job_628d8f6389be',1,'sim_00001',1,NULL,0.6853,1,1.80000013685457921023e+09,NULL);
INSERT INTO "responses" VALUES(3,'job_628d8f6389be',1,'sim_00004',1,NULL,0.8589,1,1.80000013697569108007e+09,NULL);
INSERT INTO "responses" VALUES(4,'job_628d8f6389be',1,'sim_00000',1,NULL,0.9128,1,1.80000013705703163138e+09,NULL);
INSERT INTO "responses" VALUES(5,'job_628d8f6389be',0,'sim_00005',0,NULL,0.8946,1,1.80000013707030940062e+09,NULL);
INSERT INTO "responses" VALUES(6,'job_628d8f6389be',2,'sim_00003',0,NULL,0.6866,1,1.80000013728886032104e+09,NULL);
INSERT INTO "responses" VALUES(7,'job_628d8f6389be',0,'sim_00001',0,NULL,0.6853,1,1.8000001373944656849e+09,NULL);
INSERT INTO "responses" VALUES(8,'job_628d8f6389be',2,'sim_00004',0,NULL,0.8589,1,1.8000001374718253613e+09,NULL);
INSERT INTO "responses" VALUES(9,'job_628d8f6389be',2,'sim_00002',0,NULL,0.8051,1,1.80000013755561304087e+09,NULL);
INSERT INTO "responses" VALUES(10,'job_6b40368cc4ab',0,'sim_00004',0,NULL,0.6,1,1.8000001543114135266e+09,NULL);
INSERT INTO "responses" VALUES(11,'job_6b40368cc4ab',0,'sim_00003',1,NULL,0.6,1,1.80000015474726819987e+09,NULL);
INSERT INTO "responses" VALUES(12,'job_cb0059ab8c38',2,'sim_00001',0,NULL,0.6853,1,1.80000018032432699197e+09,NULL);
CREATE TABLE revisions (
	definition_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	pipeline_id VARCHAR NOT NULL, 
	dataset_id VARCHAR NOT NULL, 
	workflow JSON NOT NULL, 
	referee JSON NOT NULL, 
	feature_flags JSON NOT NULL, 
	campaign_feature_flags JSON NOT NULL, 
	aggregator_type VARCHAR, 
	validation_set_id VARCHAR, 
	base_revision_number INTEGER, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (definition_id, number), 
	FOREIGN KEY(definition_id) REFERENCES definitions (id) ON DELETE CASCADE, 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id)
);
INSERT INTO "revisions" VALUES('jdf_ca0eecad9233',1,'ppl_1f8bfeca21da','dst_8394531ee368','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which reads better?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 3}','[]','[]',NULL,NULL,NULL,1800000120.0);
INSERT INTO "revisions" VALUES('jdf_94149158cff3',1,'ppl_a3fd871fceba','dst_4be262d96bac','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is nicer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 2}','[]','[]',NULL,NULL,NULL,1800000120.0);
INSERT INTO "revisions" VALUES('jdf_091e7719359d',1,'ppl_f65b17ad3b4c','dst_30c723f30ed4','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is longer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 10}','[]','[]',NULL,NULL,NULL,1800000154.0);
INSERT INTO "revisions" VALUES('jdf_c1062a7240d5',1,'ppl_0c528eec3205','dst_baa145110ac2','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is clearer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 12}','[]','[]',NULL,NULL,NULL,1800000164.0);
CREATE TABLE spends (
	"key" VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	day VARCHAR NOT NULL, 
	estimate DOUBLE NOT NULL, 
	job_id VARCHAR, 
	PRIMARY KEY ("key")
);
INSERT INTO "spends" VALUES('start 5','local','2027-01-15',0.09,'job_628d8f6389be');
INSERT INTO "spends" VALUES('start 6','local','2027-01-15',0.02,'job_6b40368cc4ab');
INSERT INTO "spends" VALUES('start 9','local','2027-01-15',0.36,'job_cb0059ab8c38');
CREATE TABLE uploads (
	account VARCHAR NOT NULL, 
	source TEXT NOT NULL, 
	file_name VARCHAR NOT NULL, 
	PRIMARY KEY (account, source)
);
INSERT INTO "uploads" VALUES('local','https://assets.rapidata.ai/flux_sign_diffusion.jpg','31dfaf4d-05f4-48d1-aa8c-8f12f7c62599.jpg');
INSERT INTO "uploads" VALUES('local','https://assets.rapidata.ai/mj_sign_diffusion.jpg','87e3dbf7-7e9d-4d3a-b758-957556257822.jpg');
CREATE INDEX ix_batch_uploads_correlation_id ON batch_uploads (correlation_id);
CREATE INDEX ix_jobs_pipeline_id ON jobs (pipeline_id);
CREATE INDEX examples_by_audience ON examples (audience_id, position);
CREATE INDEX candidates_due ON candidates (audience_id, next_due);
CREATE INDEX datapoints_in_order ON datapoints (dataset_id, sort_index, arrived_at);
CREATE INDEX job_datapoints_by_load ON job_datapoints (job_id, settled, load, position);
CREATE INDEX job_datapoints_open ON job_datapoints (job_id, settled, position);
CREATE INDEX handouts_of_job ON handouts (job_id, state, since);
CREATE INDEX handouts_of_labeler ON handouts (labeler_id, state, since);
CREATE UNIQUE INDEX one_response_each ON responses (job_id, position, labeler_id);
CREATE INDEX ix_ledger_key ON ledger ("key");
CREATE INDEX ix_spends_day ON spends (day);
CREATE INDEX ix_spends_job_id ON spends (job_id);
COMMIT;
